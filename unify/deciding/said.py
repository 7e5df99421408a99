"""What somebody says of a case."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from django.utils import timezone
from django.utils.translation import gettext

from cdp.actors import Actor
from cdp.errors import Invalid
from unify.choices import Decision
from unify.deciding.cases import CaseRecords
from unify.deciding.errors import NotInCase
from unify.deciding.winner import likely_winner
from unify.merging.choices import MergeStrategy

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Said:
    """One person's decision; nobody survives and nobody goes when they are not the same."""

    decision: Decision
    winner_id: uuid.UUID | None = None
    loser_ids: tuple[uuid.UUID, ...] = ()
    strategy: str = MergeStrategy.MERGE_BOTH
    resolved_conflicts: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    force: bool = False

    @property
    def merged(self) -> frozenset[uuid.UUID]:
        """Return the customers that are said to be one."""
        return frozenset([self.winner_id, *self.loser_ids]) if self.winner_id else frozenset()

    def agrees_with(self, other: Said) -> bool:
        """Tell whether both say that the same customers are one; which values are kept may differ."""
        return (self.decision, self.merged) == (other.decision, other.merged)

    def to_json(self, by: Actor) -> dict[str, Any]:
        """Return what is stored while a second person is asked."""
        return {
            "by": str(by),
            "label": by.label,
            "at": timezone.now().isoformat(),
            "decision": str(self.decision),
            "winner": str(self.winner_id) if self.winner_id else None,
            "losers": [str(pk) for pk in self.loser_ids],
            "strategy": str(self.strategy),
            "choices": dict(self.resolved_conflicts),
            "reason": self.reason,
            "force": self.force,
        }

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """Return a stored decision."""
        return cls(
            decision=Decision(stored["decision"]),
            winner_id=uuid.UUID(stored["winner"]) if stored["winner"] else None,
            loser_ids=tuple(uuid.UUID(pk) for pk in stored["losers"]),
            strategy=stored["strategy"],
            resolved_conflicts=stored["choices"],
            reason=stored["reason"],
            force=stored["force"],
        )


def read_said(
    records: CaseRecords,
    *,
    decision: str,
    winner_id: uuid.UUID | None,
    loser_ids: Sequence[uuid.UUID] | None,
    strategy: str,
    resolved_conflicts: Mapping[str, Any] | None,
    reason: str,
    force: bool,
) -> Said:
    """Check a decision against the records it is about; raises Invalid, NotInCase."""
    kind = _one_of(Decision, decision, "decision")
    how = _one_of(MergeStrategy, strategy, "strategy")
    if len(reason) > LONGEST_REASON:
        _refuse("reason", gettext("Use at most %(most)s characters.") % {"most": LONGEST_REASON})
    if kind == Decision.DIFFERENT:
        return Said(decision=kind, reason=reason)
    winner = winner_id or likely_winner(records.profiles.values())
    losers = _losers(records, kind, winner, loser_ids)
    if kind == Decision.MIXED and len(losers) + 1 == len(records.profiles):
        kind = Decision.SAME
    return Said(kind, winner, losers, how, dict(resolved_conflicts or {}), reason, force)


def _losers(
    records: CaseRecords, kind: Decision, winner: uuid.UUID, named: Sequence[uuid.UUID] | None
) -> tuple[uuid.UUID, ...]:
    if winner not in records.profiles:
        raise NotInCase("winnerId")
    if kind == Decision.SAME and named is None:
        return tuple(pk for pk in records.ids if pk != winner)
    losers = sorted(set(named or ()) - {winner})
    if not set(losers) <= set(records.profiles):
        raise NotInCase("loserIds")
    if not losers:
        _refuse("loserIds", gettext("Name the records that are the same as the one that stays."))
    if kind == Decision.SAME and len(losers) + 1 < len(records.profiles):
        _refuse("loserIds", gettext("Some records are left out: say MIXED, or name all of them."))
    return tuple(losers)


def _one_of(choices: Any, value: str, name: str) -> Any:
    if value not in choices.values:
        _refuse(name, gettext("Use one of: %(keys)s.") % {"keys": ", ".join(choices.values)})
    return choices(value)


def _refuse(name: str, message: str) -> None:
    raise Invalid(gettext("See errors for each field."), fields={name: [message]})
