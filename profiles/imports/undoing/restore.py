"""Giving customers an import has changed their earlier values back, field by field."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from profiles.choices import ContactKind
from profiles.identity import EXACT_IDS
from profiles.imports.choices import UndoOutcome
from profiles.imports.matching.exact_ids import holders_of_exact_ids
from profiles.imports.matching.lookups import Lookups
from profiles.imports.matching.person import DAYS, TREES, Person
from profiles.imports.models import ImportRow
from profiles.imports.undoing.report import UndoReport
from profiles.imports.writing.people import PEOPLE, Writing, write_people
from profiles.models import ContactPoint, ProfileIdentifier, ProfileTag

CHANGED_SINCE = gettext_noop("This was changed after the import.")
GONE = gettext_noop("The customer has been merged or deleted since.")
TAKEN = gettext_noop("Another customer has the earlier value now.")
# Values by which customers are found only while they are contact points too.
_POINTS: dict[str, Callable[[Person], set[str]]] = {
    str(ContactKind.EMAIL): lambda person: person.emails,
    str(ContactKind.PHONE): lambda person: person.phones,
}
# What the import has added beside the customer's own columns.
_ADDITIONS = {"emails": ContactKind.EMAIL, "phones": ContactKind.PHONE}


def restore_rows(
    rows: Sequence[ImportRow], *, lookups: Lookups, writing: Writing, run_reference: str, report: UndoReport
) -> dict[int, UndoOutcome]:
    """Take the rows back, the last one first; return what became of each. The caller holds the tenant's lock.

    A field is given its earlier value only while it has the value this row wrote.
    """
    wanted = {row.profile_id for row in rows if row.profile_id}
    people = lookups.locked_people(wanted)
    holders = holders_of_exact_ids(_earlier_ids(rows), is_merged_too=False)
    outcomes: dict[int, UndoOutcome] = {}
    for row in sorted(rows, key=lambda row: -row.row_no):
        person = people.get(row.profile_id) if row.profile_id else None
        if person is None:
            outcomes[row.row_no] = UndoOutcome.KEPT
            report.keep(row.row_no, row.profile_id or uuid.UUID(int=0), GONE)
        else:
            outcomes[row.row_no] = _restore(row, person, holders, report)
    PEOPLE.create()
    write_people(writing, people.values())
    _remove_additions(rows, people, run_reference)
    return outcomes


def _restore(
    row: ImportRow, person: Person, holders: dict[tuple[str, str], uuid.UUID], report: UndoReport
) -> UndoOutcome:
    kept: dict[str, str] = {}
    restored = 0
    for path, (old, new) in (row.changes or {}).items():
        reason = "" if _is_addition(path) else _put_back(person, path, old, new, holders)
        if reason:
            kept[path] = reason
        else:
            restored += 1
    if restored:
        person.is_changed = True
        person.version += 1
        report.restored += 1
    if kept:
        report.keep(row.row_no, person.id, next(iter(kept.values())), sorted(kept))
        return UndoOutcome.PARTLY if restored else UndoOutcome.KEPT
    return UndoOutcome.RESTORED


def _put_back(
    person: Person, path: str, old: Any, new: Any, holders: dict[tuple[str, str], uuid.UUID]
) -> str:
    """Give one field its earlier value; return why not, or nothing."""
    tree, _, key = path.partition(".")
    if tree in TREES:
        return _put_back_key(person.trees[tree], key, old, new)
    current = person.values[path]
    if (current.isoformat() if isinstance(current, date) else current) != new:
        return CHANGED_SINCE
    if path in _POINTS and old and old not in _POINTS[path](person):
        return CHANGED_SINCE  # the customer is not to be found by it any more
    if path in EXACT_IDS.values():
        if old is not None and holders.get((path, str(old)), person.id) != person.id:
            return TAKEN
        holders.pop((path, str(new)), None)
        holders[path, str(old)] = person.id
        person.released = True
    person.values[path] = date.fromisoformat(old) if path in DAYS and old else old
    return ""


def _put_back_key(tree: dict[str, Any], key: str, old: Any, new: Any) -> str:
    if tree.get(key) != new:
        return CHANGED_SINCE
    if old is None:
        tree.pop(key, None)
    else:
        tree[key] = old
    return ""


def _is_addition(path: str) -> bool:
    return path in _ADDITIONS or path in {"identifiers", "tags"}


def _earlier_ids(rows: Sequence[ImportRow]) -> set[tuple[str, Any]]:
    columns = set(EXACT_IDS.values())
    return {
        (path, pair[0])
        for row in rows
        for path, pair in (row.changes or {}).items()
        if path in columns and pair[0] is not None
    }


def _remove_additions(rows: Sequence[ImportRow], people: dict[uuid.UUID, Person], run_reference: str) -> None:
    """Remove e-mails, phones, ids and tags the rows have added; a primary address that was kept stays."""
    for path, kind in _ADDITIONS.items():
        for person, added in _added(rows, people, path):
            values = [value for value in added if value != person.values[kind]]
            ContactPoint.objects.filter(profile=person.id, kind=kind, value__in=values).delete()
    with_ids = [person.id for person, _ in _added(rows, people, "identifiers")]
    if with_ids:
        ProfileIdentifier.objects.filter(profile__in=with_ids, created_by=run_reference).delete()
    for person, added in _added(rows, people, "tags"):
        ProfileTag.objects.filter(profile=person.id, tag__name__in=added).delete()


def _added(
    rows: Sequence[ImportRow], people: dict[uuid.UUID, Person], path: str
) -> list[tuple[Person, list[str]]]:
    return [
        (people[row.profile_id], row.changes[path][1])
        for row in rows
        if row.changes and path in row.changes and row.profile_id in people
    ]
