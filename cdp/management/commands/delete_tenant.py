"""Delete a company with everything it had."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cdp.models import Tenant
from cdp.operations.delete_tenant import count_rows, delete_tenant


class Command(BaseCommand):
    """Without --yes it only says what would go."""

    help = "Delete a company: its customers, files, members, keys and audit trail. It cannot be undone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="short name of the company")
        parser.add_argument("--yes", action="store_true", help="really do it")

    def handle(self, *_args: Any, **options: Any) -> None:
        tenant = Tenant.objects.filter(slug=options["slug"]).first()
        if tenant is None:
            raise CommandError(f"There is no company with the short name {options['slug']}.")
        counts = delete_tenant(tenant=tenant) if options["yes"] else count_rows(tenant)
        for table, number in counts.items():
            self.stdout.write(f"{number:>10}  {table}")
        if not options["yes"]:
            raise CommandError("Nothing was deleted. Add --yes to delete these rows for good.")
        self.stdout.write(f"{tenant.slug} is gone.")
