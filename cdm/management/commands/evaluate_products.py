"""manage.py evaluate_products FILE --cutoff 2011-07-01: what it would have offered, and who bought it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cdm.insights.evaluation.products import evaluate_products
from cdm.management.backtests import add_window, printed


class Command(BaseCommand):
    help = (
        "Learn offers from the orders before the cutoff and print as JSON how often one of the first 5 or 10 "
        "was bought after it. Needs no tenant and no database, and writes nothing."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        add_window(parser)

    def handle(self, *args: Any, file: Path, cutoff: date, days: int, replicates: int, **options: Any) -> str:
        return printed(lambda: evaluate_products(file, cutoff=cutoff, days=days, replicates=replicates))
