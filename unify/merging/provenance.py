"""Who said each value of a customer, when, and by which rule it is the one that stands."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cdp.models import AuditEntry
from profiles.choices import Source
from profiles.imports.history import import_changes
from profiles.models import Profile
from unify.merging.preparing import sides_of
from unify.merging.state import Side
from unify.merging.values import column_of, in_order, is_empty, wire_name

# How far back edits are looked for; what is older counts as said when the customer came.
MOST_ENTRIES = 200
FIRST, EDITED, IMPORTED = "first", "edited", "imported"


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
    other values, the latest edit or import that names the field, else whoever made the customer.
    """
    (side,) = sides_of([profile])
    later = _later(profile)
    return [
        _said(profile, side, path, later)
        for path in in_order(side.state.values)
        if not is_empty(side.state.values[path])
    ]


def _said(profile: Profile, side: Side, path: str, later: Mapping[str, Said]) -> Said:
    value = side.state.values[path]
    name = wire_name(path)
    known = side.provenance.get(path)
    if known:
        origin = uuid.UUID(known["from"]) if known.get("from") else None
        at = datetime.fromisoformat(known["at"]) if known.get("at") else profile.merged_at
        return Said(
            field=name,
            value=value,
            source=known.get("source") or "",
            at=at or profile.updated_at,
            rule=known["rule"],
            profile_id=origin if origin != profile.pk else None,
            group_id=uuid.UUID(known["group"]),
        )
    edit = later.get(path) or later.get(column_of(path))
    if edit is not None:
        return Said(name, value, edit.source, edit.at, edit.rule, edit.by)
    source = profile.primary_source or Source.MANUAL
    return Said(name, value, source, profile.created_at, FIRST, profile.created_by)


def _later(profile: Profile) -> dict[str, Said]:
    """Return the latest edit or import of each field, by the path or column it names."""
    found: dict[str, Said] = {}
    for said in sorted([*_edits(profile), *_imports(profile)], key=lambda said: said.at):
        found[said.field] = said
    return found


def _edits(profile: Profile) -> Iterator[Said]:
    entries = AuditEntry.objects.filter(object_type="profiles.profile", object_id=profile.pk)
    for entry in entries.exclude(verb__in=["profile.create", "profile.resolve", "profile.merge"])[
        :MOST_ENTRIES
    ]:
        for field in entry.changes:
            yield Said(field, None, Source.MANUAL, entry.at, EDITED, entry.actor_label)


def _imports(profile: Profile) -> Iterator[Said]:
    for change in import_changes(profile.pk, limit=MOST_ENTRIES):
        if not change.undone:
            for field in change.changes:
                yield Said(field, None, change.source, change.at, IMPORTED, change.by)
