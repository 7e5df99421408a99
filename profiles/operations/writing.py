"""Putting a record into the tables: shared by the verbs that create and change customers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from cdp import audit
from cdp.actors import Actor
from cdp.models import Tenant
from profiles.choices import ContactKind, ProfileType, Source
from profiles.identity import EXACT_IDS, IdentifierHint, external_hints
from profiles.models import ContactPoint, Profile, ProfileIdentifier
from profiles.normalisation.names import display_name
from profiles.operations.labelling import put_in_segments, put_tags
from profiles.records import ProfileRecord
from profiles.registries import tell_changed

# Columns a record fills as they are; the rest needs work.
PLAIN_FIELDS = (
    "type",
    "status",
    "display_name",
    "first_name",
    "last_name",
    "company_name",
    "email",
    "phone",
    "company_tax_id",
    "industry",
    "company_size",
    "website",
    "date_of_birth",
    "partial_birth_date",
    "gender",
    "marital_status",
    "anniversary_date",
    "partial_anniversary",
    "profession",
    "available_time",
    "is_deceased",
    "lifecycle_stage",
    "membership_tier",
    *EXACT_IDS.values(),
    "attributes",
    "metadata",
    "primary_source",
)


def insert_profile(
    *,
    tenant: Tenant,
    by: Actor,
    record: ProfileRecord,
    verb: str,
    identified_by: tuple[IdentifierHint, ...] = (),
) -> Profile:
    """Write a new customer with everything the record says; the caller holds the locks.

    ``identified_by`` are external ids besides the record's externalIds. Raises IntegrityError when a
    unique value is taken.
    """
    profile = Profile(created_by=str(by), updated_by=str(by))
    for field in PLAIN_FIELDS:
        setattr(profile, field, getattr(record, field))
    profile.email, profile.phone = primary_email(record), primary_phone(record)
    profile.address = record.address.as_json()
    profile.contact_preferences = record.contact_preferences.as_json()
    profile.primary_source = record.primary_source or Source.MANUAL
    profile.name = record.name or computed_name(profile)
    if profile.status == "INACTIVE":
        profile.deleted_at = timezone.now()
    profile.save(force_insert=True)
    ContactPoint.objects.bulk_create(contact_points(profile, record))
    ProfileIdentifier.objects.bulk_create(
        identifiers(profile, (*identified_by, *external_hints(record.external_ids)), by)
    )
    put_tags(profile=profile, tags=record.tags, by=by)
    put_in_segments(profile=profile, segment_ids=record.segment_ids)
    audit.record(verb=verb, obj=profile, by=by, changes=_first_values(profile))
    tell_changed([profile.pk])
    return profile


def computed_name(profile: Profile) -> str:
    """Return the name a customer has when nobody gave one."""
    return display_name(
        profile.first_name,
        profile.last_name,
        profile.company_name,
        profile.email,
        profile.phone,
        is_company=profile.type == ProfileType.COMPANY,
    )[:255]


def primary_email(record: ProfileRecord) -> str:
    """Return the record's primary e-mail: the named one, else the list's."""
    marked = [entry.email for entry in record.emails if entry.is_primary]
    return record.email or next(iter([*marked, *(entry.email for entry in record.emails)]), "")


def primary_phone(record: ProfileRecord) -> str:
    """Return the record's primary phone: the named one, else the list's."""
    marked = [entry.phone for entry in record.phones if entry.is_primary]
    return record.phone or next(iter([*marked, *(entry.phone for entry in record.phones)]), "")


def contact_points(profile: Profile, record: ProfileRecord) -> list[ContactPoint]:
    """Return the customer's contact points: the primary ones first, each value once."""
    source = profile.primary_source
    given: list[tuple[str, str, str, str]] = [
        *((ContactKind.EMAIL, e.email, e.type, e.source or source) for e in record.emails),
        *((ContactKind.PHONE, p.phone, p.type, p.source or source) for p in record.phones),
        (ContactKind.EMAIL, profile.email, "", source),
        (ContactKind.PHONE, profile.phone, "", source),
    ]
    unique: dict[tuple[str, str], ContactPoint] = {}
    for kind, value, type_, from_source in given:
        if value and (kind, value) not in unique:
            unique[kind, value] = ContactPoint(
                profile=profile, kind=kind, value=value, type=type_, source=from_source
            )
    return list(unique.values())


def identifiers(profile: Profile, hints: Iterable[IdentifierHint], by: Actor) -> list[ProfileIdentifier]:
    """Return identifiers for what other systems call the customer."""
    return [
        ProfileIdentifier(
            profile=profile,
            source=hint.source,
            source_type=hint.source_type,
            external_id=hint.external_id,
            match_quality=100,
            is_primary=True,
            created_by=str(by),
            updated_by=str(by),
        )
        for hint in hints
    ]


def snapshot(profile: Profile, fields: Iterable[str]) -> dict[str, Any]:
    """Return the current values of ``fields``, for the audit trail."""
    return {field: getattr(profile, field) for field in fields}


def _first_values(profile: Profile) -> dict[str, list[Any]]:
    values = snapshot(profile, ("name", *PLAIN_FIELDS, "address", "contact_preferences"))
    return {
        field: [None, value]
        for field, value in values.items()
        if value not in ("", None, {}, []) and value is not False
    }
