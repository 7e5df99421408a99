"""Values that identify nobody are left out of a record, with a note."""

from __future__ import annotations

from collections.abc import Callable

from profiles.identity import IdentifierHint
from profiles.imports.incoming.row import Incoming, Point
from profiles.normalisation.blocked import BlockedValues

EMAIL_NOTE = "The e-mail identifies nobody and was left out."
PHONE_NOTE = "The phone identifies nobody and was left out."
ID_NOTE = "The id identifies nobody and was left out."


def settle_contact_points(record: Incoming, blocked: BlockedValues) -> None:
    """Drop blocked e-mails and phones, and let the first further one stand in for a missing primary one."""
    if record.email and blocked.is_blocked_email(record.email):
        record.email = ""
        record.notes.append(EMAIL_NOTE)
    if record.phone and blocked.is_blocked_phone(record.phone):
        record.phone = ""
        record.notes.append(PHONE_NOTE)
    if record.emails:
        record.emails = _usable(record.emails, blocked.is_blocked_email, record.notes, EMAIL_NOTE)
        record.email = record.email or next((value for value, _, _ in record.emails), "")
    if record.phones:
        record.phones = _usable(record.phones, blocked.is_blocked_phone, record.notes, PHONE_NOTE)
        record.phone = record.phone or next((value for value, _, _ in record.phones), "")


def drop_blocked_ids(record: Incoming, blocked: BlockedValues) -> None:
    """Drop ids that many exports put where there is none."""
    for column, value in list(record.exact_ids.items()):
        if blocked.is_blocked_external_id(str(value)):
            del record.exact_ids[column]
            record.notes.append(ID_NOTE)
    if not record.identifiers:
        return
    kept: dict[IdentifierHint, None] = {}
    for hint in record.identifiers:
        if blocked.is_blocked_external_id(hint.external_id):
            record.notes.append(ID_NOTE)
        else:
            kept[hint] = None
    record.identifiers = list(kept)


def _usable(points: list[Point], is_blocked: Callable[[str], bool], notes: list[str], note: str) -> list[Point]:
    found: dict[str, Point] = {}
    for point in points:
        if is_blocked(point[0]):
            notes.append(note)
        else:
            found.setdefault(point[0], point)
    return list(found.values())
