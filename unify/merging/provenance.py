"""Who said each value of a customer, when, and by which rule it is the one that stands."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from profiles.models import Profile
from unify.merging.preparing import sides_of
from unify.merging.state import Side
from unify.merging.values import in_order, is_empty, wire_name

FIRST = "first"


@dataclass(frozen=True, slots=True)
class Said:
    """One value: which source said it, who wrote it down, when, and why it stands."""

    field: str  # as on the wire
    value: Any
    source: str
    at: datetime
    rule: str  # first, edited, imported, or the rule of a merge
    by: str = ""
    profile_id: uuid.UUID | None = None  # the customer it came from, where that is another one
    group_id: uuid.UUID | None = None  # the decision that chose it


def provenance_of(profile: Profile) -> list[Said]:
    """Return for every value of the customer who said it; in a constant number of queries.

    What a merge has decided is known from the merge, until somebody changes the value; then, and for all
    other values, the latest edit or import that gave it, else whoever made the customer. A merge writes
    down the same of each of its customers.
    """
    (side,) = sides_of([profile])
    values = side.state.values
    return [_said(side, path) for path in in_order(values) if not is_empty(values[path])]


def _said(side: Side, path: str) -> Said:
    said, chosen = side.said(path), side.provenance.get(path, {})
    origin = uuid.UUID(said["from"]) if said["from"] else None
    return Said(
        field=wire_name(path),
        value=side.state.values[path],
        source=said["source"] or "",
        at=side.said_at(path),
        rule=side.how(path) or FIRST,
        by=said["by"] or "",
        profile_id=origin if origin != side.id else None,
        group_id=uuid.UUID(chosen["group"]) if chosen else None,
    )
