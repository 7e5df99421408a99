"""What the generator hands over: one row of a customer list, as one source wrote it."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from profiles.demo.streets import Address


class ExternalId(NamedTuple):
    """What one source calls the customer."""

    source: str
    source_type: str
    external_id: str
    external_ref: str


class Naming(NamedTuple):
    """The name as written; ``is_native`` where it stands in the script it belongs to."""

    is_native: bool
    name: str
    display_name: str
    first_name: str
    last_name: str


class Contact(NamedTuple):
    """How to reach the customer, as far as the source knows; the others come second."""

    email: str
    other_email: str
    phone: str
    other_phone: str
    address: Address | None


class Firm(NamedTuple):
    """What is known of a company beyond its name."""

    tax_id: str
    industry: str
    size: str
    website: str


class Standing(NamedTuple):
    """Where the customer stands with the tenant."""

    status: str
    stage: str
    tier: str
    member_id: str | None
    tags: tuple[str, ...]


class Record(NamedTuple):
    """One customer record; records of one ``person`` describe the same human being or company."""

    number: int
    person: int
    household: int | None
    strand: str
    script: str
    gender: str
    naming: Naming
    contact: Contact
    born_on: date | None
    firm: Firm | None
    source: str
    external_ids: tuple[ExternalId, ...]
    standing: Standing
    attributes: dict[str, str]
    created_at: datetime
    active_at: datetime
