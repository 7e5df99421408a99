"""Values that identify nobody are left out of a record, with a note."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext_noop

from profiles.imports.incoming.row import Incoming, Point
from profiles.normalisation.blocked import BlockedValues

EMAIL_NOTE = gettext_noop("The e-mail identifies nobody and was left out.")
PHONE_NOTE = gettext_noop("The phone identifies nobody and was left out.")
ID_NOTE = gettext_noop("The id identifies nobody and was left out.")
_TAIL = 6
_LONG_ENOUGH = len("+999") + _TAIL  # so that the tail holds no digit of the country's code


class Blocking:
    """Applies one tenant's policy, quickly: nearly every phone is told harmless by its last digits."""

    def __init__(self, blocked: BlockedValues) -> None:
        self._blocked = blocked
        self._tails = {phone[-_TAIL:] for phone in blocked.phones}
        self._has_short_phones = any(len(phone) < _TAIL for phone in blocked.phones)

    def settle(self, record: Incoming) -> None:
        """Drop blocked values; the first further e-mail or phone stands in for a missing primary one."""
        if record.email and self._blocked.is_blocked_email(record.email):
            record.email = ""
            record.note(EMAIL_NOTE)
        if record.phone and self.is_blocked_phone(record.phone):
            record.phone = ""
            record.note(PHONE_NOTE)
        if record.emails:
            record.emails = _usable(record, record.emails, self._blocked.is_blocked_email, EMAIL_NOTE)
            record.email = record.email or next((value for value, _, _ in record.emails), "")
        if record.phones:
            record.phones = _usable(record, record.phones, self.is_blocked_phone, PHONE_NOTE)
            record.phone = record.phone or next((value for value, _, _ in record.phones), "")
        if record.identifiers or record.exact_ids:
            self._drop_ids(record)

    def is_blocked_phone(self, phone: str) -> bool:
        """Tell the same as the policy, for phones in E.164."""
        tail = phone[-_TAIL:]
        # Only a listed number, or one digit over and over behind zeroes, is blocked.
        is_unlisted = tail not in self._tails and not self._has_short_phones
        if is_unlisted and len(phone) >= _LONG_ENOUGH and len(set(tail.lstrip("0"))) > 1:
            return False
        return self._blocked.is_blocked_phone(phone)

    def _drop_ids(self, record: Incoming) -> None:
        is_blocked = self._blocked.is_blocked_external_id
        kept = [hint for hint in record.identifiers if not is_blocked(hint.external_id)]
        if len(kept) < len(record.identifiers):
            record.note(ID_NOTE)
        record.identifiers = kept if len(kept) <= 1 else list(dict.fromkeys(kept))
        if record.exact_ids:
            exact = [(column, value) for column, value in record.exact_ids if not is_blocked(str(value))]
            if len(exact) < len(record.exact_ids):
                record.note(ID_NOTE)
            record.exact_ids = exact


def _usable(
    record: Incoming, points: Sequence[Point], is_blocked: Callable[[str], bool], note: str
) -> list[Point]:
    found: dict[str, Point] = {}
    for point in points:
        if is_blocked(point[0]):
            record.note(note)
        else:
            found.setdefault(point[0], point)
    return list(found.values())
