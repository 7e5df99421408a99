"""Imports of something other than customers, added by apps further up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from cdp.actors import Actor
from cdp.models import Tenant
from cdp.registries import Registry
from profiles.imports.models import ImportRun

# To be called inside the transaction of each piece, with its outcomes and how many rows are done by then;
# raises Superseded when the run was paused, cancelled or taken over.
Progress = Callable[[Counter[str], int], None]


@dataclass(frozen=True, slots=True)
class Subject:
    """How files of one subject are imported from row ``run.rows_done`` on, and how that is taken back."""

    carry_out: Callable[[ImportRun, Tenant, Progress], None]
    # Returns what was removed, restored and kept, in one transaction.
    take_back: Callable[[ImportRun, Tenant, Actor], dict[str, int]]
    # The names of the file's columns, and its rows as they stand with their numbers, for the error file.
    header: Callable[[ImportRun], list[str]]
    raw_rows: Callable[[ImportRun], Iterator[tuple[int, Sequence[str]]]]
    # Address names of the page that shows what would happen, and of the one that takes another file.
    page: str
    new_page: str


# The run's option ``subject`` -> how.
subjects: Registry[Subject] = Registry()


def subject_of(run: ImportRun) -> Subject | None:
    """Return how the run is done, or None for customers."""
    return subjects.get(str(run.options.get("subject", "")))
