"""What a person has chosen on the screen, as the form says it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from unify.merging.choices import MergeStrategy
from unify.merging.previews import MergePreview

PREFIX = "choice-"
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Chosen:
    """Winner, members, strategy, and for each field the record its value is taken from.

    Every field's radio is posted, also those nobody touched: what was chosen by hand is what the rules
    would not have chosen for the winner that was shown (``shown_winner``, ``shown_strategy``).
    """

    winner: uuid.UUID
    members: tuple[uuid.UUID, ...]
    strategy: MergeStrategy = MergeStrategy.MERGE_BOTH
    shown_winner: uuid.UUID | None = None
    shown_strategy: MergeStrategy = MergeStrategy.MERGE_BOTH
    posted: Mapping[str, uuid.UUID] = field(default_factory=dict)
    reason: str = ""
    insists: bool = False

    @property
    def losers(self) -> list[uuid.UUID]:
        """Return the members that would be merged into the winner."""
        return [member for member in self.members if member != self.winner]

    @property
    def has_choices(self) -> bool:
        """Tell whether fields were posted at all."""
        return bool(self.posted)

    def by_hand(self, ruled: MergePreview) -> dict[str, str]:
        """Return the fields chosen otherwise than the rules had it, as a merge takes them."""
        chosen_by_rule = {one.name: one.chosen_from for one in ruled.fields}
        return {
            name: str(owner)
            for name, owner in self.posted.items()
            if name in chosen_by_rule and chosen_by_rule[name] != owner and owner in self.members
        }


def read_choices(data: QueryDict, ids: Sequence[uuid.UUID], usual_winner: uuid.UUID) -> Chosen:
    """Read the form; what nobody could have chosen counts as not chosen."""
    known = set(ids)
    winner = _one(data.get("winner", ""), known) or usual_winner
    marked = [one for text in data.getlist("member") if (one := _one(text, known))]
    # Two records have no boxes to mark: both are meant.
    has_boxes = "shown_winner" in data and len(ids) > 2  # noqa: PLR2004
    members = _in_order(ids, {*marked, winner} if has_boxes else known)
    posted = {
        name.removeprefix(PREFIX): owner
        for name in data
        if name.startswith(PREFIX) and (owner := _one(data.get(name, ""), known)) is not None
    }
    return Chosen(
        winner=winner,
        members=members,
        strategy=_strategy(data.get("strategy", "")),
        shown_winner=_one(data.get("shown_winner", ""), known),
        shown_strategy=_strategy(data.get("shown_strategy", "")),
        posted=posted,
        reason=data.get("reason", "").replace("\x00", "").strip()[:LONGEST_REASON],
        insists="insist" in data,
    )


def _one(text: str, known: set[uuid.UUID]) -> uuid.UUID | None:
    return next((one for one in known if str(one) == text), None)


def _in_order(ids: Sequence[uuid.UUID], wanted: Iterable[uuid.UUID]) -> tuple[uuid.UUID, ...]:
    kept = set(wanted)
    return tuple(one for one in ids if one in kept)


def _strategy(text: str) -> MergeStrategy:
    known: dict[str, Any] = {str(one): one for one in MergeStrategy}
    found: MergeStrategy = known.get(text, MergeStrategy.MERGE_BOTH)
    return found
