"""``manage.py rebuild_summaries --tenant SLUG``."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cdm.summaries.rebuild import rebuild
from cdp.models import Tenant


class Command(BaseCommand):
    """Makes the summary of every customer of a company anew."""

    help = "Make the summary of every customer of a company anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tenant", required=True, help="short name of the company")

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = Tenant.objects.filter(slug=options["tenant"]).first()
        if tenant is None:
            raise CommandError(f"There is no company with the short name {options['tenant']}.")
        done = rebuild(tenant, told=lambda count: self.stderr.write(f"{count:,} customers"))
        self.stdout.write(f"Summarised {done:,} customers.")
