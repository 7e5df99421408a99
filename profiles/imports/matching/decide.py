"""Whose record a row is: the ranks of profiles.identity, over dictionaries instead of queries."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_noop

from cdp.ids import uuid7
from profiles.identity import PHONE
from profiles.imports.choices import Mode, RowAction
from profiles.imports.incoming.row import Incoming, Problem, Refused
from profiles.imports.matching.apply import Changes, apply
from profiles.imports.matching.create import additions, create
from profiles.imports.matching.directory import Directory, unique
from profiles.imports.matching.notes import ALSO_FITS, KEPT_STATUS, KNOWN, SHARED_PHONE
from profiles.imports.matching.person import Person

_CREATE = str(RowAction.CREATE)
NO_CUSTOMER = gettext_noop("No customer has this ID, and nothing else says who the customer is.")


@dataclass(slots=True)
class Outcome:
    """What is to become of one row."""

    row_no: int
    action: str
    profile_id: uuid.UUID | None = None
    changes: Changes | None = None
    errors: Sequence[Problem] = ()
    notes: Sequence[str] = ()
    key: int | None = None
    hash: int | None = None
    conflicts: Sequence[uuid.UUID] = ()


class Decider:
    """Decides the rows of one chunk in their order."""

    def __init__(
        self,
        directory: Directory,
        *,
        source: str,
        mode: str,
        clock: Callable[[], datetime],
        keeps_status: bool = False,
        identity: Callable[[], uuid.UUID] = uuid7,
    ) -> None:
        self._directory = directory
        self._source, self._mode = source, mode
        self._clock, self._identity = clock, identity
        self._keeps_status = keeps_status

    def decide(self, rows: Iterable[Incoming | Refused]) -> list[Outcome]:
        """Return an outcome for each row; the directory's people are then what is to be written."""
        return [self._one(row) for row in rows]

    def _one(self, row: Incoming | Refused) -> Outcome:
        if isinstance(row, Refused):
            return Outcome(row.row_no, RowAction.ERROR, errors=row.problems)
        applied = self._directory.applied.get(row.hash)
        if applied is not None:
            return Outcome(row.row_no, RowAction.UNCHANGED, applied, key=row.key, hash=row.hash)
        candidates = without_contradicted_phones(self._directory.candidates(row), row)
        if not candidates:
            return self._create(row)
        return self._update(row, candidates)

    def _create(self, row: Incoming) -> Outcome:
        if self._mode == Mode.UPDATE:
            return Outcome(row.row_no, RowAction.SKIP, notes=[*row.notes, "This customer is not known yet."])
        if row.profile_id is not None and not row.is_described:
            return Outcome(row.row_no, RowAction.ERROR, errors=[Problem("profile_id", "", NO_CUSTOMER)])
        person = create(
            row,
            self._directory,
            identity=self._identity(),
            created_at=self._clock(),
            source=self._source,
        )
        return Outcome(
            row.row_no, _CREATE, person.id, additions(row), notes=row.notes, key=row.key, hash=row.hash
        )

    def _update(self, row: Incoming, candidates: list[tuple[str, list[Person]]]) -> Outcome:
        hint, holders = candidates[0]
        person = holders[0]
        others = unique(p for _, people in candidates for p in people if p is not person)
        if others:
            row.note(ALSO_FITS(customers=", ".join(str(other.id) for other in others[:20])))
        if self._mode == Mode.CREATE:
            row.note(KNOWN)
            return Outcome(row.row_no, RowAction.SKIP, person.id, notes=row.notes)
        if (
            self._keeps_status
            and row.values.get("status", person.values["status"]) != person.values["status"]
        ):
            row.values = {name: value for name, value in row.values.items() if name != "status"}
            row.note(KEPT_STATUS)
        changes = apply(row, person, self._directory, is_by_id=hint not in {"email", "phone"})
        return Outcome(
            row.row_no,
            RowAction.UPDATE if changes else RowAction.UNCHANGED,
            person.id,
            changes or None,
            notes=row.notes,
            key=row.key,
            hash=row.hash,
            conflicts=[other.id for other in unique(_known_surely(candidates, person))],
        )


def _known_surely(candidates: list[tuple[str, list[Person]]], person: Person) -> Iterator[Person]:
    """Yield the others to whom ids or the e-mail point."""
    for hint, people in candidates:
        if hint != PHONE:
            yield from (other for other in people if other is not person)


def without_contradicted_phones(
    candidates: list[tuple[str, list[Person]]], row: Incoming
) -> list[tuple[str, list[Person]]]:
    """Drop holders of the phone who are known by other e-mails, or other ids, than the row's.

    Families share phones.
    """
    if not candidates or candidates[-1][0] != "phone" or not (row.email or row.exact_ids):
        return candidates
    holders = candidates[-1][1]
    kept = [person for person in holders if not _is_somebody_else(person, row)]
    if len(kept) < len(holders):
        strangers = [str(person.id) for person in holders if person not in kept]
        row.note(SHARED_PHONE(customers=", ".join(strangers[:20])))
    return [*candidates[:-1], ("phone", kept)] if kept else candidates[:-1]


def _is_somebody_else(person: Person, row: Incoming) -> bool:
    if row.email and person.emails and row.email not in person.emails:
        return True
    own = ((person.values[column], value) for column, value in row.exact_ids)
    return any(held is not None and str(held) != str(value) for held, value in own)
