"""What would become of a file of orders."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice

from cdm.models import Order
from cdm.orders.importing.lines import Line
from cdm.orders.importing.write import MAKE, PROBLEMS, latest, opened
from profiles.imports.choices import RowAction
from profiles.imports.models import ImportRun
from profiles.models import ProfileIdentifier

LOOKED_AT = 5_000
SHOWN = 50


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One row of the file, what would become of it, and whose it is: known, new, waiting or nobody's."""

    line: Line
    action: str
    customer: str
    message: str


@dataclass(frozen=True, slots=True)
class OrdersPreview:
    """What would become of the first rows."""

    columns: list[tuple[str, str]]
    rows_seen: int
    is_complete: bool
    counts: dict[str, int]
    customers: dict[str, int]
    lines: list[PreviewLine]


def preview_orders(run: ImportRun) -> OrdersPreview:
    """Say what would become of the first rows of a file; nothing is written. Raises FileGone, FileRefused."""
    file = opened(run)
    lines = list(islice(file.lines(latest=latest(run.tenant)), LOOKED_AT))
    known = set(
        Order.objects.filter(source=run.source, number__in={line.number for line in lines}).values_list(
            "number", flat=True
        )
    )
    people = set(
        ProfileIdentifier.objects.filter(
            source=run.source, external_id__in={line.customer for line in lines}, is_active=True
        ).values_list("external_id", flat=True)
    )
    is_made = run.options.get("customers", MAKE) == MAKE
    told = [_told(line, known, people, is_made=is_made) for line in lines]
    return OrdersPreview(
        columns=[(field, column) for field, column in file.columns.items()],
        rows_seen=len(lines),
        is_complete=len(lines) == file.size,
        counts=dict(Counter(one.action for one in told).most_common()),
        customers=dict(Counter(one.customer for one in told).most_common()),
        lines=told[:SHOWN],
    )


def _told(line: Line, known: set[str], people: set[str], *, is_made: bool) -> PreviewLine:
    if line.problem:
        return PreviewLine(line, str(RowAction.ERROR), "", str(PROBLEMS[line.problem]))
    if not line.customer:
        customer = "nobody"
    elif line.customer in people:
        customer = "known"
    else:
        customer = "new" if is_made else "waiting"
    action = RowAction.UPDATE if line.number in known else RowAction.CREATE
    return PreviewLine(line, str(action), customer, "")
