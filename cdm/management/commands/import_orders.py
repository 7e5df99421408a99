"""``manage.py import_orders FILE --tenant SLUG``."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cdm.operations.import_orders import start_orders_import
from cdm.orders.importing.write import MAKE, WAIT
from cdp.actors import Actor
from cdp.errors import DomainError
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from profiles.imports.choices import RunState
from profiles.imports.models import ImportRun
from profiles.imports.operations.confirm import confirm_import
from profiles.imports.operations.run import run_import

BY = Actor.system("import_orders")


class Command(BaseCommand):
    """Imports a file of order lines, here and now."""

    help = "Import a file of order lines (CSV or parquet) into a company."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--tenant", required=True, help="short name of the company")
        parser.add_argument("--source", default="ERP", help="the system the file comes from")
        parser.add_argument(
            "--customers",
            choices=[MAKE, WAIT],
            default=MAKE,
            help="make customers of unknown numbers, or let their orders wait",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = Tenant.objects.filter(slug=options["tenant"]).first()
        if tenant is None:
            raise CommandError(f"There is no company with the short name {options['tenant']}.")
        try:
            with tenant_context(tenant), options["file"].open("rb") as file:
                run = start_orders_import(
                    tenant=tenant,
                    by=BY,
                    file=file,
                    file_name=options["file"].name,
                    source=options["source"],
                    customers=options["customers"],
                )
                self._report(run, tenant)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except DomainError as error:
            raise CommandError(error.detail) from error

    def _report(self, run: ImportRun, tenant: Tenant) -> None:
        began = time.monotonic()
        confirm_import(tenant=tenant, by=BY, run_id=run.pk, is_queued=False)
        done = run_import(tenant=tenant, run_id=run.pk)
        if done.state != RunState.DONE:
            raise CommandError(done.error or f"The import is {done.get_state_display().lower()}.")
        seconds = time.monotonic() - began
        counts = ", ".join(f"{count:,} {name}" for name, count in done.counts.items())
        self.stdout.write(
            f"{done.rows_done:,} rows in {seconds:.1f} s ({done.rows_done / seconds:,.0f} rows/s): {counts}."
        )
        self.stdout.write(f"The import is {done.pk}.")
