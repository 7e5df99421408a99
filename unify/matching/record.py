"""One customer as matching sees it: nothing but keys, the same for a batch and for a request."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from operator import attrgetter
from typing import Any, Self

from unify.matching.keys.addresses import address_keys
from unify.matching.keys.companies import organisation_key
from unify.matching.keys.contacts import birth_date_key, email_key, id_key, mailbox_key, phone_key
from unify.matching.keys.names import is_nickname, name_forms, person_key, split_name
from unify.matching.keys.transliteration import ascii_key

PERSON = "person"
ORGANISATION = "organisation"
_SHORTEST_WORD = 2
_is_east_asian = re.compile(r"^[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3々\s]+$").match


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """The keys of one record. Scalars are None and lists are empty where nothing is known."""

    id: str
    kind: str = PERSON
    first_name: str | None = None
    last_name: str | None = None
    first_forms: tuple[str, ...] = ()  # what the given name may be short for, itself included
    first_words: tuple[str, ...] = ()
    nickname: str | None = None  # the first name again, where it stands for no name in particular
    last_words: tuple[str, ...] = ()
    organisation: str | None = None
    organisation_words: tuple[str, ...] = ()
    email: str | None = None
    email_name: str | None = None  # what stands before the @
    mailboxes: tuple[str, ...] = ()
    phone: str | None = None
    phones: tuple[str, ...] = ()
    birth_date: str | None = None  # YYYYMMDD
    street: str | None = None
    street_name: str | None = None
    house: str | None = None
    street_words: tuple[str, ...] = ()
    postcode: str | None = None
    city: str | None = None
    company: str | None = None
    tax_id: str | None = None
    auth_id: str | None = None
    extras: Mapping[str, str | None] = field(default_factory=dict)

    @classmethod
    def prepare(
        cls,
        record_id: str,
        *,
        region: str,
        today: date,
        kind: str = PERSON,
        first_name: str = "",
        last_name: str = "",
        name: str = "",
        first_reading: str = "",
        last_reading: str = "",
        company: str = "",
        emails: Iterable[str] = (),
        phones: Iterable[str] = (),
        birth_date: str | date = "",
        is_month_first: bool | None = None,
        street: str = "",
        street2: str = "",
        house: str = "",
        postal_code: str = "",
        city: str = "",
        tax_id: str = "",
        auth_id: str = "",
        extras: Mapping[str, str] | None = None,
    ) -> PersonRecord:
        """Normalise raw values, the primary e-mail and phone first. Never raises for a value.

        A reading (kana, for names in kanji) is what is compared; the name as written stays a second form.
        """
        first, last = _names(kind, first_name, last_name, name)
        written_first, written_last = first, last
        first, last = person_key(first_reading) or first, person_key(last_reading) or last
        own_name = organisation_key(name or company) if kind == ORGANISATION else ""
        mails = _distinct(email_key(email) for email in emails)
        boxes = _distinct(mailbox_key(email) for email in mails)
        numbers = _distinct(phone_key(phone, region) for phone in phones)
        place = address_keys(street=street, line2=street2, house=house, postcode=postal_code, city=city)
        return cls(
            id=record_id,
            kind=kind,
            first_name=first or None,
            last_name=last or None,
            first_forms=_distinct((*name_forms(first), *([written_first] if first_reading else ()))),
            first_words=_words(f"{first} {written_first}"),
            nickname=first if first and is_nickname(first_name) else None,
            last_words=_words(f"{last} {written_last}"),
            organisation=own_name or None,
            organisation_words=_words(own_name),
            email=mails[0] if mails else None,
            email_name=boxes[0].partition("@")[0] if boxes else None,
            mailboxes=boxes,
            phone=numbers[0] if numbers else None,
            phones=numbers,
            birth_date=birth_date_key(birth_date, region, today=today, is_month_first=is_month_first) or None,
            street=place.street or None,
            street_name=place.street_name or None,
            house=place.house or None,
            street_words=place.words,
            postcode=place.postcode or None,
            city=place.city or None,
            company=(organisation_key(company) or None) if kind == PERSON else None,
            tax_id=id_key(tax_id) or None,
            auth_id=auth_id or None,
            extras={key: ascii_key(value) or None for key, value in (extras or {}).items()},
        )

    def to_json(self) -> str:
        """The stored form, id excepted: what is known, and nothing else, always in one order.

        `batch_tables.stored_tables` reads this form without making records.
        """
        known = {name: value for name, value in zip(_STORED, _stored_values(self), strict=True) if value}
        if self.extras:
            known["extras"] = dict(self.extras)
        return _encode(known)

    @classmethod
    def from_json(cls, record_id: str, stored: str | Mapping[str, Any]) -> Self:
        """The record of a stored form, given as text or as a decoded object; unknown fields are left out."""
        known = json.loads(stored) if isinstance(stored, str) else stored
        fields: dict[str, Any] = {
            name: tuple(value) if is_list(name) else value for name, value in known.items() if name in _FIELDS
        }
        return cls(id=record_id, **fields)

    def fingerprint(self) -> int:
        """A signed 64-bit number that changes when anything matching looks at changes."""
        return fingerprint_of(self.to_json())

    def columns(self) -> dict[str, str | tuple[str, ...] | None]:
        """What conditions see: what is empty is unknown, and extras are columns of their own."""
        values = {name: getattr(self, name) or None for name in COLUMNS}
        for name, value in self.extras.items():
            values[name] = value
            values[words_column(name)] = _words(value or "") or None
        return values


def fingerprint_of(stored: str) -> int:
    """Return the fingerprint of a record by its stored form."""
    return int.from_bytes(blake2b(stored.encode(), digest_size=8).digest(), signed=True)


def extra_column(number: int) -> str:
    """The name of the n-th further text column."""
    return f"{_EXTRA}{number}"


def is_extra(column: str) -> bool:
    return column.startswith(_EXTRA)


def words_column(name: str) -> str:
    """The column with the words of a further text column."""
    return f"{name}_words"


COLUMNS = tuple(name for name in PersonRecord.__dataclass_fields__ if name != "extras")
_STORED = COLUMNS[1:]
_stored_values = attrgetter(*_STORED)
_encode = json.JSONEncoder(separators=(",", ":")).encode
_FIELDS = frozenset((*_STORED, "extras"))
_EXTRA = "extra_"
_LISTS = frozenset({"first_forms", "mailboxes", "phones"})


def is_list(column: str) -> bool:
    """Whether a column holds several texts."""
    return column in _LISTS or column.endswith("_words")


def _names(kind: str, first_name: str, last_name: str, name: str) -> tuple[str, str]:
    first, last = person_key(first_name), person_key(last_name)
    if kind == PERSON and not first and not last and name:
        return split_name(person_key(name), family_first=bool(_is_east_asian(name)))
    return first, last


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _words(key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in key.split() if len(word) >= _SHORTEST_WORD))
