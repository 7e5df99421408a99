"""Who said each value of customers that are about to be merged: edits and imports, value by value."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from cdp.choices import ActorKind
from cdp.models import AuditEntry
from profiles.choices import ContactKind, Source
from profiles.imports.history import changes_of
from profiles.models import ContactPoint, Profile
from unify.merging.state import Provenance
from unify.merging.values import COLUMNS, GONE, TREES, Values, column_of, differences, same, values_of

EDITED, IMPORTED = "edited", "imported"
# How far back the changes of one customer are looked for; what is older counts as said when it came.
MOST_CHANGES = 200
# The first are what a customer came with; the others compute values, and say nothing themselves.
_NO_EDITS = ("profile.create", "profile.resolve", "profile.merge", "profile.unmerge")
# These name a column, or, of a customer who came out of a merge, single keys of trees.
_OF_VALUES = Q(changes__has_any_keys=list(COLUMNS)) | Q(verb="profile.come_out")
# With these somebody puts an address where it belongs; who said it stands with the address.
_OF_ADDRESSES = frozenset(
    {"profile.link", "profile.add_contact_point", "profile.remove_contact_point", "profile.make_primary"}
)
Addresses = Mapping[tuple[uuid.UUID, str, str], str]  # customer, kind, value -> source


@dataclass(frozen=True, slots=True)
class Statement:
    """That somebody gave a customer a value."""

    profile_id: uuid.UUID
    path: str
    value: Any
    source: str
    at: datetime
    by: str
    rule: str

    def to_json(self) -> dict[str, Any]:
        """Return it as merges write it down."""
        return {
            "from": str(self.profile_id),
            "source": self.source,
            "at": self.at.isoformat(),
            "by": self.by,
            "rule": self.rule,
        }


def statements_of(customers: Sequence[Profile]) -> dict[uuid.UUID, Provenance]:
    """Return for each customer, by path, the latest statement of the value it has now; in three queries.

    Values nobody has changed are missing: whoever made the customer said them.
    """
    values = {customer.pk: values_of(customer) for customer in customers}
    addresses = _addresses(values)
    made = [*_edits(values.keys(), addresses), *_imports(values.keys())]
    found: dict[uuid.UUID, Provenance] = defaultdict(dict)
    for one in sorted(made, key=lambda one: one.at, reverse=True):
        said, known = found[one.profile_id], values[one.profile_id]
        if one.path in known and one.path not in said and same(known[one.path], one.value):
            said[one.path] = one.to_json()
    return found


def _addresses(values: Mapping[uuid.UUID, Values]) -> Addresses:
    """Return who said the primary e-mails and phones, as far as that stands with the address."""
    points = ContactPoint.objects.filter(profile__in=values.keys()).exclude(source="")
    rows = points.values_list("profile_id", "kind", "value", "source")
    return {(owner, kind, value): source for owner, kind, value, source in rows}


def _edits(ids: Collection[uuid.UUID], addresses: Addresses) -> Iterator[Statement]:
    entries = AuditEntry.objects.filter(_OF_VALUES, object_type="profiles.profile", object_id__in=ids)
    place = Window(RowNumber(), partition_by=F("object_id"), order_by=[F("at").desc(), F("id").desc()])
    latest = entries.exclude(verb__in=_NO_EDITS).annotate(place=place).filter(place__lte=MOST_CHANGES)
    for entry in latest.order_by("-at", "-id"):
        owner: Any = entry.object_id
        for path, value in _written(entry.changes):
            is_address = path in ContactKind.values and entry.verb in _OF_ADDRESSES
            source = addresses.get((owner, path, value), "") if is_address else ""
            yield Statement(
                profile_id=owner,
                path=path,
                value=value,
                source=source or _source(entry),
                at=entry.at,
                by=entry.actor_label,
                rule=EDITED,
            )


def _source(entry: AuditEntry) -> str:
    """Return what a program said it speaks for, else its own name; what people write is written by hand."""
    if entry.actor_kind == ActorKind.USER:
        return Source.MANUAL
    return str(entry.changes.get("primary_source", ["", ""])[1] or entry.actor_label)


def _imports(ids: Collection[uuid.UUID]) -> Iterator[Statement]:
    for profile_id, change in changes_of(ids, limit=MOST_CHANGES):
        for path, value in _written(change.changes):
            yield Statement(profile_id, path, value, change.source, change.at, change.by, IMPORTED)


def _written(changes: Mapping[str, Sequence[Any]]) -> Iterator[tuple[str, Any]]:
    """Yield what was written, path by path: of a tree that was replaced, the keys that differ."""
    for name, (before, after) in changes.items():
        if name in TREES and isinstance(after, dict):
            written = differences(before if isinstance(before, dict) else {}, after)
            yield from ((f"{name}.{key}", value) for key, value in written.items() if value is not GONE)
        elif column_of(name) in COLUMNS:
            yield name, after
