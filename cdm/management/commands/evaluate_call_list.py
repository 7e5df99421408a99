"""manage.py evaluate_call_list FILE --cutoff 2011-07-01: whom it would have called, and who bought."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cdm.insights.evaluation.call_list import evaluate_call_list
from cdm.management.backtests import add_window, printed


class Command(BaseCommand):
    help = (
        "Learn a call list from the orders before the cutoff and print as JSON how its top bought after it, "
        "beside simple sorts. Needs no tenant and no database, and writes nothing."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        add_window(parser)

    def handle(self, *args: Any, file: Path, cutoff: date, days: int, replicates: int, **options: Any) -> str:
        return printed(lambda: evaluate_call_list(file, cutoff=cutoff, days=days, replicates=replicates))
