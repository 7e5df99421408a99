"""manage.py evaluate_matching FILE.csv --label cluster_id: how well matching finds who is who in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from unify.matching.errors import MatchingError
from unify.matching.evaluation.columns import FIELDS
from unify.matching.evaluation.run import evaluate_file


class Command(BaseCommand):
    help = (
        "Match the rows of a labelled CSV (plain or .gz) and print precision, recall and F1 as JSON. "
        "Needs no tenant and no database, and writes nothing."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV with a header")
        parser.add_argument("--label", required=True, help="column that is equal for rows of one entity")
        parser.add_argument(
            "--map",
            nargs="+",
            action="extend",
            default=[],
            metavar="FIELD=COLUMN",
            help=f"the column of a field, where the guess is wrong; fields: {', '.join(sorted(FIELDS))}",
        )
        parser.add_argument(
            "--train", action="store_true", help="learn the weights from the rows, without labels"
        )
        parser.add_argument(
            "--region",
            help="country of phones and dates without one (TH, US, …); guessed by the script if not given",
        )

    def handle(self, *args: Any, **options: Any) -> str:
        try:
            report = evaluate_file(
                options["file"],
                label=options["label"],
                given=_given(options["map"]),
                train=options["train"],
                region=options["region"],
            )
        except MatchingError as error:
            raise CommandError(str(error)) from error
        return json.dumps(report, ensure_ascii=False, indent=2)


def _given(pairs: list[str]) -> dict[str, list[str]]:
    given: dict[str, list[str]] = {}
    for pair in pairs:
        name, equals, column = pair.partition("=")
        if not equals or not column:
            raise CommandError(f"--map wants FIELD=COLUMN, not {pair!r}.")
        given.setdefault(name, []).append(column)
    return given
