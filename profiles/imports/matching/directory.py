"""Who holds which e-mail, phone and id; kept current as rows change it."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop

from profiles.choices import ContactKind
from profiles.identity import EXACT_IDS, MOST_OWNERS, IdentifierHint
from profiles.imports.incoming.row import Incoming
from profiles.imports.matching.notes import SHARED
from profiles.imports.matching.person import Person

UNKNOWN_ID = gettext_noop("No customer has this ID; it was left out.")
_HINT_OF_COLUMN = {column: hint for hint, column in EXACT_IDS.items()}


class Held(NamedTuple):
    """An identifier and whose it is; one of a customer who is gone, or switched off, finds nobody."""

    source_type: str | None
    person: Person | None


@dataclass(slots=True)
class Directory:
    """The customers the rows of a chunk may be about."""

    people: dict[uuid.UUID, Person] = field(default_factory=dict)
    emails: dict[str, list[Person]] = field(default_factory=dict)
    phones: dict[str, list[Person]] = field(default_factory=dict)
    identifiers: dict[tuple[str, str], list[Held]] = field(default_factory=dict)
    exact_ids: dict[tuple[str, str], Person] = field(default_factory=dict)
    # Those asked for by their id here, or the survivors of their merges.
    by_own_id: dict[uuid.UUID, Person] = field(default_factory=dict)
    # Values more than MOST_OWNERS customers share, and customers who share one without being candidates.
    shared: set[str] = field(default_factory=set)
    absent_owners: dict[str, set[uuid.UUID]] = field(default_factory=dict)
    # hash of what a record says -> its customer, where the run that last held the record applied just that
    applied: dict[int, uuid.UUID] = field(default_factory=dict)

    def candidates(self, record: Incoming) -> list[tuple[str, list[Person]]]:
        """Return the holders of each hint of the record, hints in order of rank, holders the best first."""
        if record.profile_id is not None:
            known = self.by_own_id.get(record.profile_id)
            if known is not None:
                # Nothing is surer; who shares an e-mail or a phone with them is no news.
                return [("profileId", [known])]
            record.note(UNKNOWN_ID)
        found: list[tuple[str, list[Person]]] = []
        for column, value in record.exact_ids:
            holder = self.exact_ids.get((column, str(value)))
            if holder is not None:
                found.append((_HINT_OF_COLUMN[column], [holder]))
        if record.identifiers:
            owners = [owner for hint in record.identifiers for owner in self.owners(hint)]
            if owners:
                found.append(("externalId", _by_seniority(unique(owners))))
        if record.email and (holders := self.emails.get(record.email)):
            found.append(("email", _by_seniority(holders)))
        if record.phone and (holders := self.phones.get(record.phone)):
            found.append(("phone", _by_seniority(holders)))
        if self.shared:
            _drop_shared(found, record, self.shared)
        return found

    def owners(self, hint: IdentifierHint) -> list[Person]:
        """Return who is known by this id; without a kind of record any kind counts."""
        held = self.identifiers.get((hint.source, hint.external_id))
        if held is None:
            return []
        kind = hint.source_type
        return [
            one.person for one in held if one.person is not None and (not kind or one.source_type == kind)
        ]

    def is_identifier_taken(self, hint: IdentifierHint) -> bool:
        """Tell whether the id exists already, whoever has it."""
        held = self.identifiers.get((hint.source, hint.external_id))
        return held is not None and any(
            not hint.source_type or one.source_type == hint.source_type for one in held
        )

    def add_identifier(self, hint: IdentifierHint, person: Person) -> None:
        """Note that the person is now known by this id."""
        held = self.identifiers.setdefault((hint.source, hint.external_id), [])
        held.append(Held(hint.source_type, person))

    def holders(self, kind: str, value: str) -> list[Person]:
        """Return who has this e-mail or phone."""
        return (self.emails if kind == ContactKind.EMAIL else self.phones).get(value, [])

    def add_point(self, kind: str, value: str, person: Person) -> None:
        """Note that the person now has this e-mail or phone."""
        known = self.emails if kind == ContactKind.EMAIL else self.phones
        holders = known.setdefault(value, [])
        holders.append(person)
        if len(holders) > 1:
            self._look_out(value, len(holders))

    def of_few(self, points: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Keep what the database knows of values that are not shared by too many; note those that are."""
        owners = Counter(value for _, value, _ in points)
        self.shared |= {value for value, count in owners.items() if count > MOST_OWNERS}
        return [point for point in points if point[1] not in self.shared]

    def add_owner(self, kind: str, value: str, owner: uuid.UUID, person: Person | None) -> None:
        """Note what the database knows; ``person`` is the owner, or who that was merged into, or nobody."""
        holders = self.holders(kind, value)
        if person is not None and person not in holders:
            self.add_point(kind, value, person)
        elif person is None or person.id != owner:
            self.absent_owners.setdefault(value, set()).add(owner)
            self._look_out(value, len(holders))

    def _look_out(self, value: str, holders: int) -> None:
        if holders + len(self.absent_owners.get(value, ())) > MOST_OWNERS:
            self.shared.add(value)


def _drop_shared(found: list[tuple[str, list[Person]]], record: Incoming, shared: set[str]) -> None:
    for hint, value in (("email", record.email), ("phone", record.phone)):
        if value in shared:
            found[:] = [one for one in found if one[0] != hint]
            record.note(SHARED[hint](most=MOST_OWNERS))


def unique(people: Iterable[Person]) -> list[Person]:
    """Return each person once, in the order of first appearance."""
    return list({person.id: person for person in people}.values())


def _by_seniority(people: list[Person]) -> list[Person]:
    return people if len(people) == 1 else sorted(people, key=lambda person: person.seniority)
