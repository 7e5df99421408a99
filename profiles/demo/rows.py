"""Records as rows of the product's tables."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cdp.ids import uuid7_at
from profiles.choices import ContactKind, ProfileStatus, ProfileType
from profiles.demo.journeys import Event
from profiles.demo.record import Record

BY = "system:make_customers"
PROFILE_FIELDS = (
    *("id", "type", "status", "name", "display_name", "first_name", "last_name", "company_name"),
    *("email", "phone", "address", "company_tax_id", "industry", "company_size", "website"),
    *("date_of_birth", "gender", "lifecycle_stage", "membership_tier", "member_id"),
    *("attributes", "metadata", "primary_source", "last_synced_at", "last_activity_at", "deleted_at"),
    *("created_at", "updated_at", "created_by", "updated_by"),
)
CONTACT_FIELDS = ("id", "profile", "kind", "value", "type", "source", "created_at")
IDENTIFIER_FIELDS = (
    *("id", "profile", "source", "source_type", "external_id", "external_ref", "match_quality"),
    *("is_primary", "matched_at", "created_at", "updated_at", "created_by", "updated_by"),
)
LABEL_FIELDS = ("id", "profile", "created_at")
EVENT_FIELDS = ("id", "profile", "type", "timestamp", "source", "payload", "created_at")
SYNCED = frozenset({"ERP", "CRM"})
MATCHED_LATER = 95.0

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
Row = tuple[Any, ...]


def profile_row(record: Record, profile_id: uuid.UUID) -> Row:
    """Return the customer itself."""
    naming, contact, firm, standing = record.naming, record.contact, record.firm, record.standing
    inactive = standing.status == ProfileStatus.INACTIVE.value
    return (
        *(profile_id, ProfileType.COMPANY.value if firm else ProfileType.INDIVIDUAL.value, standing.status),
        *(naming.name, naming.display_name, naming.first_name, naming.last_name),
        *(naming.name if firm else "", contact.email, contact.phone, _address(record)),
        *((firm.tax_id, firm.industry, firm.size, firm.website) if firm else ("", "", "", "")),
        *(record.born_on, record.gender, standing.stage, standing.tier, standing.member_id),
        *(_json(record.attributes), _truth(record), record.source),
        *(record.active_at if record.source in SYNCED else None, record.active_at),
        *(record.active_at if inactive else None, record.created_at, record.active_at, BY, BY),
    )


def contact_rows(record: Record, profile_id: uuid.UUID) -> list[Row]:
    """Return the customer's e-mails and phones, the primary ones first."""
    contact, at = record.contact, record.created_at
    phone_type, email_type = ("WORK", "WORK") if record.firm else ("MOBILE", "HOME")
    points = (
        (ContactKind.EMAIL.value, contact.email, email_type),
        (ContactKind.PHONE.value, contact.phone, phone_type),
        (ContactKind.EMAIL.value, contact.other_email, "WORK"),
        (ContactKind.PHONE.value, contact.other_phone, "WORK"),
    )
    return [
        (uuid7_at(at), profile_id, kind, value, type_, record.source, at)
        for kind, value, type_ in points
        if value
    ]


def identifier_rows(record: Record, profile_id: uuid.UUID) -> list[Row]:
    """Return what other systems call the customer; the record's own source comes first."""
    at = record.created_at
    return [
        (
            *(
                uuid7_at(at),
                profile_id,
                known.source,
                known.source_type,
                known.external_id,
                known.external_ref,
            ),
            *(100.0 if known.source == record.source else MATCHED_LATER, True, at, at, at, BY, BY),
        )
        for known in record.external_ids
    ]


def tag_rows(record: Record, profile_id: uuid.UUID, tags: Mapping[str, uuid.UUID]) -> list[Row]:
    """Return the customer's tags, ending with the tag's id."""
    at = record.created_at
    return [(uuid7_at(at), profile_id, at, tags[name]) for name in record.standing.tags]


def segment_rows(record: Record, profile_id: uuid.UUID, segments: Mapping[str, uuid.UUID]) -> list[Row]:
    """Return the customer's places in segments, ending with the segment's id."""
    at = record.created_at
    return [(uuid7_at(at), profile_id, at, segments[name]) for name in segments_of(record)]


def event_row(event: Event, profile_id: uuid.UUID) -> Row:
    """Return one event."""
    at: datetime = event.timestamp
    return (uuid7_at(at), profile_id, event.type, at, event.source, _json(event.payload), at)


SEGMENTS = {
    "VIP customers": "Customers our shops greet by name",
    "Members": "Customers with a membership card",
    "Business customers": "Companies we deliver to",
}


def segments_of(record: Record) -> list[str]:
    """Return the names of the segments a record belongs to."""
    belongs = (record.standing.stage == "VIP", record.standing.member_id is not None, record.firm is not None)
    return [name for name, is_in in zip(SEGMENTS, belongs, strict=True) if is_in]


def _address(record: Record) -> str:
    address = record.contact.address
    if address is None:
        return "{}"
    return _json(
        {
            "street": address.street,
            "city": address.city,
            "state": address.state,
            "country": address.country,
            "postalCode": address.postal_code,
        }
    )


def _truth(record: Record) -> str:
    """Return the metadata that says who is who, for measuring how well duplicates are found."""
    known = {"record": record.number, "person": record.person}
    if record.household is not None:
        known["household"] = record.household
    return _json({"demo": known})
