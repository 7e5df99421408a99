"""Orders as a subject of the import pipeline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cdm.operations.import_orders import SUBJECT
from cdm.orders.importing.undo import take_back
from cdm.orders.importing.write import carry_out, opened
from profiles.imports.models import ImportRun
from profiles.imports.subjects import Subject, subjects


def _header(run: ImportRun) -> list[str]:
    return opened(run).header


def _raw_rows(run: ImportRun) -> Iterator[tuple[int, Sequence[str]]]:
    return opened(run).raw_rows()


def declare() -> None:
    """Register with the import pipeline."""
    subjects.register(
        SUBJECT, Subject(carry_out, take_back, _header, _raw_rows, "orders-import", "orders-import-new")
    )
