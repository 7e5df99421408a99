"""The values a merge has chosen, and what it writes down of where they come from."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from unify.merging.state import Provenance, Side
from unify.merging.values import is_empty, same


@dataclass(frozen=True, slots=True)
class Choice:
    """The value a field is given, whose it is, and why."""

    value: Any
    side: Side | None
    rule: str


def provenance_of_choices(
    chosen: Mapping[str, Choice], *, group: uuid.UUID, at: datetime, by: str
) -> Provenance:
    """Return for each value who said it, from which source, when, and the rule that chose it.

    What was typed or computed when merging is said then, by whoever merges.
    """
    given = {"source": "", "at": at.isoformat(), "by": by}
    return {
        path: {
            **(_said(path, choice) or {"from": str(choice.side.id) if choice.side else None, **given}),
            "rule": str(choice.rule),
            "group": str(group),
        }
        for path, choice in chosen.items()
        if not is_empty(choice.value)
    }


def _said(path: str, choice: Choice) -> dict[str, Any] | None:
    """Return who said the value; None where no customer has it."""
    side = choice.side
    if side is None or not same(side.state.values.get(path), choice.value):
        return None
    return side.said(path)
