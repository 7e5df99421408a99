"""``manage.py create_tenant``: the first step of a new installation."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.text import slugify

from cdp.actors import Actor
from cdp.errors import DomainError
from cdp.models import Tenant
from cdp.operations.create_tenant import create_tenant
from cdp.operations.mail_password_link import password_link
from cdp.site_address import site_address


class Command(BaseCommand):
    """Make a company and its first owner, and print the link with which they set their password."""

    help = "Make a company and its first owner; prints a link, good once, to set the owner's password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the company's name, such as 'Siam Retail'")
        parser.add_argument("owner_email", help="the first owner logs in with it")
        parser.add_argument(
            "--slug", default="", help="short name for programs; made from the name if left out"
        )
        parser.add_argument("--region", default="TH", help="country of phones without a country code")
        parser.add_argument("--time-zone", default="Asia/Bangkok")
        parser.add_argument("--currency", default="THB")
        parser.add_argument(
            "--site-url", default="", help="where people reach the product, https://crm.example.com"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = Tenant(
            name=options["name"],
            slug=options["slug"] or slugify(options["name"]),
            region=options["region"],
            time_zone=options["time_zone"],
            currency=options["currency"],
        )
        by = Actor.system("create_tenant")
        try:
            owner = create_tenant(by=by, tenant=tenant, owner_email=options["owner_email"])
        except DomainError as error:
            details = [f"{name}: {' '.join(map(str, texts))}" for name, texts in error.fields.items()]
            raise CommandError("\n".join([error.detail, *details])) from error
        self.stdout.write(f"{tenant.name} is ready; programs name it {tenant.slug}.")
        if owner.user.has_usable_password():
            self.stdout.write(f"{owner.user.email} has a password already and logs in with it.")
        else:
            hours = settings.PASSWORD_RESET_TIMEOUT // 3600
            link = password_link(owner.user, options["site_url"] or site_address())
            self.stdout.write(f"{owner.user.email} sets a password here, once, within {hours} hours:\n{link}")
