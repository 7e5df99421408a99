"""Migrate as the owner of the tables, then rebuild the walls around tenants."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db.migrations.executor import MigrationExecutor

from cdp.postgresql.base import wrapper
from cdp.tenancy import guards


class Command(migrate.Command):
    """Django's migrate, with the tenant guards around it."""

    def handle(self, *args: Any, **options: Any) -> None:
        connection = wrapper(options["database"])
        with connection.as_owner():
            if options["plan"] or options["check_unapplied"]:
                super().handle(*args, **options)
                return
            if options["app_label"] or _is_behind(connection):
                guards.lift_force(connection)
            try:
                super().handle(*args, **options)
            finally:
                # Also after a crash: FORCE must not stay off until the next migration. And first:
                # building what is missing may fail.
                guards.restore_force(connection)
            guards.apply(connection)


def _is_behind(connection: Any) -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
