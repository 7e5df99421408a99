"""Labelled and unlabelled people to match, and how to prepare them."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from unify.matching.record import PersonRecord

DATA = Path(__file__).parents[2] / "data"
TODAY = date(2026, 6, 1)
Prepare = Callable[..., PersonRecord]


def rows_of(path: str) -> list[dict[str, str]]:
    file = DATA / path
    content = file.read_bytes()
    text = (gzip.decompress(content) if file.suffix == ".gz" else content).decode("utf-8")
    return list(csv.DictReader(text.splitlines()))


@pytest.fixture(scope="session")
def person() -> Prepare:
    """Prepare one record of Thailand, seen on one day: person(first_name="Ann", …)."""

    def prepare(record_id: str = "1", **values: Any) -> PersonRecord:
        return PersonRecord.prepare(record_id, **{"region": "TH", "today": TODAY, **values})

    return prepare
