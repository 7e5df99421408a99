"""A customer at one moment, as merges write it down and compute it again."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from profiles.choices import Source
from profiles.models import Profile
from unify.merging.values import Values, put_values, same, values_of

Provenance = dict[str, dict[str, Any]]
_TIMES = ("created_at", "updated_at", "merged_at", "last_activity_at", "last_synced_at", "deleted_at")


@dataclass(frozen=True, slots=True)
class State:
    """The values of a customer, and what the system notes about it."""

    values: Values
    provenance: Provenance
    merged_from: list[Any]
    merged_at: datetime | None
    created_at: datetime
    updated_at: datetime
    updated_by: str
    last_activity_at: datetime | None
    last_synced_at: datetime | None
    # Active or not, and since when not. Empty: written down before statuses were.
    status: str = ""
    deleted_at: datetime | None = None
    created_by: str = ""
    # Who said values that were changed since the customer came, but by no merge.
    said: Provenance = field(default_factory=dict)

    @classmethod
    def of(cls, profile: Profile, said: Provenance | None = None) -> State:
        """Return the customer as it is now; ``said`` is who said what was changed."""
        return cls(
            values=values_of(profile),
            provenance=dict(profile.provenance),
            merged_from=list(profile.merged_from),
            updated_by=profile.updated_by,
            status=profile.status,
            created_by=profile.created_by,
            said=dict(said or {}),
            **{name: getattr(profile, name) for name in _TIMES},
        )

    @classmethod
    def load(cls, stored: dict[str, Any]) -> State:
        """Return what ``to_json`` wrote."""
        times = {name: _time(stored.get(name)) for name in _TIMES}
        return cls(**{**stored, **times})

    def to_json(self) -> dict[str, Any]:
        times = {name: value.isoformat() if (value := getattr(self, name)) else None for name in _TIMES}
        return {
            "values": self.values,
            "provenance": self.provenance,
            "merged_from": self.merged_from,
            "updated_by": self.updated_by,
            "status": self.status,
            "created_by": self.created_by,
            "said": self.said,
            **times,
        }

    def with_standing_of(self, other: State) -> State:
        """Return the state, active or not as the other is."""
        return replace(self, status=other.status, deleted_at=other.deleted_at)

    def put_into(self, profile: Profile) -> list[str]:
        """Give the customer this state; return the columns that changed."""
        changed = put_values(profile, self.values)
        for name in ("merged_at", "last_activity_at", "last_synced_at", "deleted_at"):
            if getattr(profile, name) != getattr(self, name):
                setattr(profile, name, getattr(self, name))
                changed.append(name)
        for name in ("provenance", "merged_from"):
            if not same(getattr(profile, name), getattr(self, name)):
                setattr(profile, name, getattr(self, name))
                changed.append(name)
        return changed


@dataclass(frozen=True, slots=True)
class Side:
    """One of the customers of a merge, with who said each of its values."""

    id: uuid.UUID
    state: State
    provenance: Provenance

    @classmethod
    def of(cls, profile_id: uuid.UUID, state: State, merged: State | None) -> Side:
        """Return the side; ``merged`` is what its own last merge wrote: what differs from that was edited."""
        kept = {
            path: said
            for path, said in state.provenance.items()
            if merged is None or same(state.values.get(path), merged.values.get(path))
        }
        return cls(profile_id, state, kept)

    def said(self, path: str) -> dict[str, Any]:
        """Return who said the value, from which source, and when (ISO 8601).

        That is what a merge has written down, else who has changed it since, else whoever made the customer.
        """
        state = self.state
        known = self.provenance.get(path) or state.said.get(path)
        if known:
            return {name: known.get(name) for name in ("from", "source", "at", "by")}
        return {
            "from": str(self.id),
            "source": state.values.get("primary_source") or Source.MANUAL.value,
            "at": state.created_at.isoformat(),
            "by": state.created_by,
        }

    def how(self, path: str) -> str:
        """Return by which rule the value stands, if a merge has chosen it or somebody has changed it."""
        known = self.provenance.get(path) or self.state.said.get(path) or {}
        return str(known.get("rule", ""))

    def said_at(self, path: str) -> datetime:
        return _time(self.said(path)["at"]) or self.state.created_at

    def with_state(self, state: State) -> Side:
        return replace(self, state=state)


def _time(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None
