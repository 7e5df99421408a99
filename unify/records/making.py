"""From a customer's own values to what matching compares."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from cdp.models import Tenant
from profiles.choices import ContactKind, ProfileType
from profiles.identity import blocked_values
from profiles.normalisation.blocked import BlockedValues
from profiles.records import ProfileRecord
from unify.matching import ORGANISATION, PERSON, PersonRecord
from unify.matching.key_hashes import hashed_keys
from unify.matching.record import fingerprint_of


@dataclass(frozen=True, slots=True)
class Said:
    """What a customer's row and contact points say, or what somebody types; the primary addresses first."""

    type: str
    name: str
    first_name: str
    last_name: str
    company_name: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    born_on: date | None
    street: str
    city: str
    postal_code: str
    tax_id: str
    auth_id: str


@dataclass(frozen=True, slots=True)
class Made:
    """A customer's matching record, ready to be stored."""

    profile_id: uuid.UUID
    version: int
    stored: str
    keys: list[int]
    fingerprint: int


class Maker:
    """Makes records by one tenant's rules; blocked values are left out: neither keys nor evidence."""

    def __init__(self, tenant: Tenant) -> None:
        self._region = tenant.region
        self._today = timezone.localdate(timezone=ZoneInfo(tenant.time_zone))
        self._blocked: BlockedValues = blocked_values(tenant)

    def person(self, record_id: str, said: Said) -> PersonRecord:
        """Return what matching sees."""
        blocked = self._blocked
        is_company = said.type == ProfileType.COMPANY
        return PersonRecord.prepare(
            record_id,
            region=self._region,
            today=self._today,
            kind=ORGANISATION if is_company else PERSON,
            first_name=said.first_name,
            last_name=said.last_name,
            name=(said.company_name or _own_name(said)) if is_company else _own_name(said),
            company=said.company_name,
            emails=[email for email in said.emails if not blocked.is_blocked_email(email)],
            phones=[phone for phone in said.phones if not blocked.is_blocked_phone(phone)],
            birth_date=said.born_on or "",
            street=said.street,
            city=said.city,
            postal_code=said.postal_code,
            tax_id="" if blocked.is_blocked_external_id(said.tax_id) else said.tax_id,
            auth_id="" if blocked.is_blocked_external_id(said.auth_id) else said.auth_id,
        )

    def make(self, rows: Iterable[tuple[uuid.UUID, int, Said]]) -> Iterator[Made]:
        """Return the records of customers given with their versions."""
        for profile_id, version, said in rows:
            person = self.person(str(profile_id), said)
            stored = person.to_json()
            yield Made(profile_id, version, stored, hashed_keys(person), fingerprint_of(stored))


def _own_name(said: Said) -> str:
    """Return the name somebody gave; a customer nobody named is shown by an e-mail or a phone."""
    return "" if said.name in said.emails or said.name in said.phones else said.name


def said_by(record: ProfileRecord) -> Said:
    """Return what a record from outside says."""
    emails = [record.email, *(entry.email for entry in record.emails)]
    phones = [record.phone, *(entry.phone for entry in record.phones)]
    return Said(
        type=record.type,
        name=record.name,
        first_name=record.first_name,
        last_name=record.last_name,
        company_name=record.company_name,
        emails=_distinct(emails),
        phones=_distinct(phones),
        born_on=record.date_of_birth,
        street=record.address.street,
        city=record.address.city,
        postal_code=record.address.postal_code,
        tax_id=record.company_tax_id,
        auth_id=record.auth_user_id or "",
    )


def said_in(row: tuple[Any, ...]) -> Said:
    """Return what a row of `reading` says; its points are "kind:value", oldest first."""
    type_, name, first, last, company, email, phone, points, born_on, address, tax_id, auth_id = row
    # A cursor of Django's gives JSON as the text it is.
    address = json.loads(address) if isinstance(address, str) else address
    return Said(
        type=type_,
        name=name,
        first_name=first,
        last_name=last,
        company_name=company,
        emails=_distinct([email, *_of_kind(ContactKind.EMAIL, points)]),
        phones=_distinct([phone, *_of_kind(ContactKind.PHONE, points)]),
        born_on=born_on,
        street=_text(address, "street"),
        city=_text(address, "city"),
        postal_code=_text(address, "postalCode"),
        tax_id=tax_id,
        auth_id=auth_id or "",
    )


def _of_kind(kind: str, points: list[str] | None) -> Iterator[str]:
    for point in points or ():
        found, _, value = point.partition(":")
        if found == kind:
            yield value


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _text(address: Any, part: str) -> str:
    """Return a part of an address; what older imports left there may be of any shape."""
    value = address.get(part) if isinstance(address, dict) else None
    return value if isinstance(value, str) else ""
