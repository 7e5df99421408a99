"""Customers as they are answered."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, computed_field

from cdp.api.paging import PageMeta, WindowMeta
from cdp.api.wire import Outgoing
from profiles.api.serializers.parts import (
    EmailAnswer,
    EventAnswer,
    IdentifierAnswer,
    JsonObject,
    OptionalText,
    PhoneAnswer,
    Rows,
    SegmentMembershipAnswer,
    TagAnswer,
    TagRelationAnswer,
)
from profiles.choices import (
    EXTERNAL_ID_NAMES,
    ContactKind,
    Gender,
    LifecycleStage,
    MaritalStatus,
    ProfileStatus,
    ProfileType,
)
from profiles.models import Profile, ProfileIdentifier
from profiles.registries import detail_sections

SHOWN_EVENTS = 50
_NAME_OF_SOURCE = {str(source): name for name, source in EXTERNAL_ID_NAMES.items()}
_SegmentIds = BeforeValidator(lambda related: [membership.segment_id for membership in related.all()])


class ProfileColumns(Outgoing):
    """A customer's own values; ``shownName`` marks inactive ones, ``name`` is what is stored."""

    id: uuid.UUID
    tenant_id: uuid.UUID
    type: ProfileType
    status: ProfileStatus
    merged_into: uuid.UUID | None = Field(validation_alias="merged_into_id")
    name: OptionalText
    display_name: OptionalText
    shown_name: str
    first_name: OptionalText
    last_name: OptionalText
    company_name: OptionalText
    email: OptionalText
    phone: OptionalText
    address: dict[str, str | float]
    company_tax_id: OptionalText
    industry: OptionalText
    company_size: OptionalText
    website: OptionalText
    date_of_birth: date | None
    partial_birth_date: OptionalText
    gender: Annotated[Gender | None, BeforeValidator(lambda value: value or None)]
    marital_status: Annotated[MaritalStatus | None, BeforeValidator(lambda value: value or None)]
    anniversary_date: date | None
    partial_anniversary: OptionalText
    profession: OptionalText
    available_time: OptionalText
    contact_preferences: JsonObject
    is_deceased: bool
    lifecycle_stage: LifecycleStage
    membership_tier: OptionalText
    member_id: str | None
    auth_user_id: str | None
    scl_member_id: int | None
    teetime_player_id: str | None
    messaging_contact_id: str | None
    primary_source: OptionalText
    last_activity_at: datetime | None
    last_synced_at: datetime | None
    merged_at: datetime | None
    deleted_at: datetime | None
    created_at: datetime
    updated_at: datetime
    created_by: OptionalText
    updated_by: OptionalText
    version: int


class ProfileSummary(ProfileColumns):
    """A customer in a list."""

    identifiers: Annotated[list[IdentifierAnswer], Rows]
    tags_relations: Annotated[list[TagRelationAnswer], Rows] = Field(validation_alias="profile_tags")
    segment_ids: Annotated[list[uuid.UUID], _SegmentIds] = Field(validation_alias="segment_memberships")

    @computed_field
    def tags(self) -> list[TagAnswer]:
        """Return the tags without the relation."""
        return [relation.tag for relation in self.tags_relations]


class ProfileDetail(ProfileSummary):
    """A customer with everything: the 360° view of S0. ``events`` are the latest 50."""

    attributes: JsonObject
    metadata: JsonObject
    emails: list[EmailAnswer]
    phones: list[PhoneAnswer]
    external_ids: dict[str, str]
    merged_from: list[uuid.UUID]
    events: list[EventAnswer]
    deals: list[JsonObject]
    activities: list[JsonObject]

    @classmethod
    def of(cls, profile: Profile) -> ProfileDetail:
        """Return a customer fetched with its parts."""
        return ProfileDetail.model_construct(**_facts(profile))


class ResolvedCustomer(ProfileColumns):
    """The customer hints point to, without what it takes more look-ups to know."""

    @computed_field
    def phone_number(self) -> str | None:
        """Return the phone."""
        return self.phone


class Customer(ProfileSummary):
    """A customer in a list of S1, where the phone is called ``phoneNumber`` too."""

    @computed_field
    def phone_number(self) -> str | None:
        """Return the phone."""
        return self.phone


class CustomerDetail(ProfileDetail):
    """A customer with everything, and the segments by name."""

    memberships: list[SegmentMembershipAnswer] = Field(serialization_alias="segmentMemberships")

    @computed_field
    def phone_number(self) -> str | None:
        """Return the phone."""
        return self.phone

    @classmethod
    def of(cls, profile: Profile) -> CustomerDetail:
        """Return a customer fetched with its parts."""
        rows = profile.segment_memberships.select_related("segment")
        memberships = [SegmentMembershipAnswer.model_validate(row) for row in rows]
        return CustomerDetail.model_construct(**_facts(profile), memberships=memberships)


class ProfilePage(Outgoing):
    """A page of customers."""

    data: list[ProfileSummary]
    meta: PageMeta


class CustomerWindow(Outgoing):
    """Some customers of a list."""

    data: list[Customer]
    meta: WindowMeta


class ResolutionAnswer(Outgoing):
    """Who somebody is; ``conflicts`` are other customers the hints point to."""

    profile: ResolvedCustomer | None
    is_new: bool
    matched_by: list[str]
    confidence: int
    conflicts: list[uuid.UUID]


def _facts(profile: Profile) -> dict[str, Any]:
    sections = {name: build(profile) for name, build in detail_sections.items()}
    return {
        **vars(ProfileSummary.model_validate(profile)),
        "attributes": profile.attributes,
        "metadata": profile.metadata,
        "merged_from": [uuid.UUID(str(merged)) for merged in profile.merged_from],
        "external_ids": _external_ids(profile.identifiers.all()),
        "events": [EventAnswer.model_validate(event) for event in profile.events.all()[:SHOWN_EVENTS]],
        "deals": [],
        "activities": [],
        **sections,
        **_contacts(profile),
    }


def _external_ids(identifiers: Iterable[ProfileIdentifier]) -> dict[str, str]:
    """Return {wire name of the source: id there}, the primary id where a source has several."""
    found: dict[str, str] = {}
    for identifier in sorted(identifiers, key=lambda row: not row.is_primary):
        if identifier.is_active:
            name = _NAME_OF_SOURCE.get(identifier.source, identifier.source)
            found.setdefault(name, identifier.external_id)
    return found


def _contacts(profile: Profile) -> dict[str, list[Any]]:
    emails, phones = [], []
    for point in profile.contact_points.all():
        facts = {"type": point.type, "source": point.source}
        if point.kind == ContactKind.EMAIL:
            emails.append(EmailAnswer(email=point.value, is_primary=point.value == profile.email, **facts))
        else:
            phones.append(PhoneAnswer(phone=point.value, is_primary=point.value == profile.phone, **facts))
    return {
        "emails": sorted(emails, key=lambda entry: not entry.is_primary),
        "phones": sorted(phones, key=lambda entry: not entry.is_primary),
    }
