"""What both backtest commands take and how they answer."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from cdm.insights.errors import InsightsError

_LONGEST, _MOST_REPLICATES = 3_650, 10_000


def add_window(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="order lines: CSV (plain or .gz) or parquet")
    parser.add_argument(
        "--cutoff", type=_day, required=True, help="learn before this day, measure from it on"
    )
    parser.add_argument(
        "--days", type=_between(1, _LONGEST), default=60, help="length of the window measured"
    )
    parser.add_argument(
        "--replicates", type=_between(2, _MOST_REPLICATES), default=200, help="resamples behind the intervals"
    )


def printed(evaluate: Callable[[], dict[str, Any]]) -> str:
    """The report as JSON; what is wrong with the file or the cutoff ends the command with one line."""
    try:
        return json.dumps(evaluate(), ensure_ascii=False, indent=2, allow_nan=False)
    except InsightsError as error:
        raise CommandError(str(error)) from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2011-07-01") from None


def _between(least: int, most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if text.isascii() and text.isdigit() and least <= int(text[:9]) <= most:
            return int(text)
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from {least} to {most}")

    return number
