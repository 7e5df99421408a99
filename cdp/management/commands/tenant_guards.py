"""Show, check or build the walls around tenants."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cdp.postgresql.base import wrapper
from cdp.tenancy import guards


class Command(BaseCommand):
    """Shows what the database lacks, as SQL; without an option, builds it (as migrate does)."""

    help = "Build the row security, composite foreign keys and grants the models ask for; see also migrate."

    def add_arguments(self, parser: CommandParser) -> None:
        only = parser.add_mutually_exclusive_group()
        only.add_argument("--check", action="store_true", help="change nothing; fail if a wall is missing")
        only.add_argument("--sql", action="store_true", help="change nothing; print the missing statements")

    def handle(self, *_args: Any, **options: Any) -> None:
        connection = wrapper()
        if options["check"] or options["sql"]:
            statements = guards.missing(connection)
        else:
            with connection.as_owner():
                statements = guards.apply(connection)
        for statement in statements:
            self.stdout.write(f"{statement};")
        if options["check"] and statements:
            raise CommandError(f"{len(statements)} statements are missing: run manage.py migrate.")
        if not (options["sql"] or statements):
            self.stdout.write("The walls stand.")
