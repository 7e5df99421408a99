"""What a caller says about one customer, validated and normalised: the shape every way in shares."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from django.utils import timezone
from pydantic import (
    BeforeValidator,
    Field,
    PrivateAttr,
    Strict,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from cdp.errors import Invalid
from cdp.models import Tenant
from cdp.validation import field_errors
from profiles.choices import LifecycleStage, ProfileType
from profiles.days import DayText, PartialDay, moved_partials
from profiles.record_parts import (
    Address,
    ContactPreferences,
    EachSourceOnce,
    Email,
    EmailEntry,
    GenderText,
    Json,
    MaritalText,
    Part,
    Phone,
    PhoneEntry,
    Reference,
    SourceName,
    SpokenTime,
    TagRef,
    text_of,
)

__all__ = ["READ_ONLY", "Address", "ContactPreferences", "ProfileRecord", "TagRef"]

LARGEST_BIGINT = 2**63 - 1
# Names of whole dates -> those of the same days without their year, in both spellings.
DAYS = {
    "date_of_birth": "partial_birth_date",
    "dateOfBirth": "partialBirthDate",
    "anniversary_date": "partial_anniversary",
    "anniversaryDate": "partialAnniversary",
}


class ProfileRecord(Part):
    """One customer as a source describes it; what it does not say is not changed."""

    type: ProfileType = ProfileType.INDIVIDUAL
    status: Literal["ACTIVE", "INACTIVE"] = "ACTIVE"
    name: text_of(255) = ""  # type: ignore[valid-type]
    display_name: text_of(255) = ""  # type: ignore[valid-type]
    first_name: text_of(120) = ""  # type: ignore[valid-type]
    last_name: text_of(120) = ""  # type: ignore[valid-type]
    company_name: text_of(200) = ""  # type: ignore[valid-type]
    email: Email = ""
    phone: Phone = ""
    emails: Annotated[list[EmailEntry], Field(max_length=50)] = []
    phones: Annotated[list[PhoneEntry], Field(max_length=50)] = []
    address: Annotated[Address, BeforeValidator(lambda value: {} if value is None else value)] = Address()
    company_tax_id: text_of(40) = ""  # type: ignore[valid-type]
    industry: text_of(120) = ""  # type: ignore[valid-type]
    company_size: text_of(40) = ""  # type: ignore[valid-type]
    website: text_of(300) = ""  # type: ignore[valid-type]
    date_of_birth: DayText = None
    partial_birth_date: PartialDay = ""
    gender: GenderText = ""
    marital_status: MaritalText = ""
    anniversary_date: DayText = None
    partial_anniversary: PartialDay = ""
    profession: text_of(120) = ""  # type: ignore[valid-type]
    available_time: SpokenTime = ""
    contact_preferences: Annotated[
        ContactPreferences, BeforeValidator(lambda value: {} if value is None else value)
    ] = ContactPreferences()
    is_deceased: Annotated[bool, Strict()] = False
    lifecycle_stage: LifecycleStage = LifecycleStage.SUBSCRIBER
    membership_tier: text_of(40) = ""  # type: ignore[valid-type]
    member_id: Reference = None
    auth_user_id: Reference = None
    scl_member_id: Annotated[int, Field(ge=1, le=LARGEST_BIGINT)] | None = None
    teetime_player_id: Reference = None
    messaging_contact_id: Reference = None
    external_ids: Annotated[
        dict[SourceName, Annotated[str, Field(min_length=1, max_length=255)]],
        Field(max_length=50),
        EachSourceOnce,
    ] = {}
    attributes: Json = {}
    metadata: Json = {}
    primary_source: text_of(40) = ""  # type: ignore[valid-type]
    tags: Annotated[list[TagRef], Field(max_length=100)] = []
    segment_ids: Annotated[list[uuid.UUID], Field(max_length=100)] = []
    # Trees given as null: that clears the whole, where {} says nothing of any key.
    _nulls: frozenset[str] = PrivateAttr(frozenset())

    @model_validator(mode="before")
    @classmethod
    def _days(cls, data: Any, info: ValidationInfo) -> Any:
        return moved_partials(data, DAYS, info.context or {})

    @classmethod
    def parse(cls, data: Any, *, tenant: Tenant) -> ProfileRecord:
        """Validate ``data`` (camelCase or snake_case keys); raise Invalid naming every bad field."""
        if not isinstance(data, Mapping):
            raise Invalid(
                "Send an object with the customer's fields.", fields={"_": ["This is not an object."]}
            )
        given = {key: value for key, value in data.items() if key not in READ_ONLY}
        try:
            record = cls.model_validate(
                given,
                context={
                    "region": tenant.region,
                    "today": timezone.localdate(timezone=ZoneInfo(tenant.time_zone)),
                },
            )
        except ValidationError as error:
            raise Invalid("See errors for each field.", fields=field_errors(error)) from error
        record._nulls = frozenset(name for name, value in given.items() if value is None)
        return record

    @classmethod
    def trusted(cls, **values: Any) -> ProfileRecord:
        """Make a record of values that are normalised already."""
        return cls.model_construct(_fields_set=set(values), **values)

    @property
    def nulls(self) -> frozenset[str]:
        """Return the fields given as null, by the names they were given under."""
        return self._nulls

    def says(self, field: str) -> bool:
        """Tell whether the caller said anything about ``field`` (snake_case)."""
        return field in self.model_fields_set


# Part of what we answer, so callers send it back; ignored.
READ_ONLY = frozenset(
    {
        *("id", "tenantId", "version", "createdAt", "updatedAt", "createdBy", "updatedBy", "deletedAt"),
        *("identifiers", "events", "deals", "activities", "tagsRelations", "segmentMemberships"),
        *("mergedFrom", "mergedAt", "mergedInto", "lastSyncedAt", "lastActivityAt"),
        *("completionScore", "shownName"),
    }
)
