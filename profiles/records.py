"""What a caller says about one customer, validated and normalised: the shape every way in shares."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from django.utils import timezone
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic.alias_generators import to_camel

from cdp.errors import Invalid
from cdp.models import Tenant
from cdp.validation import field_errors
from profiles.choices import Gender, LifecycleStage, ProfileType
from profiles.coordinates import Coordinates
from profiles.normalisation.dates import parse_birth_date
from profiles.normalisation.emails import normalise_email
from profiles.normalisation.names import clean_text
from profiles.normalisation.phones import normalise_phone
from profiles.sizes import check_json_size

LARGEST_BIGINT = 2**63 - 1


def _region(info: ValidationInfo) -> str:
    return str((info.context or {}).get("region", "TH"))


def _blank_for_none(value: Any) -> Any:
    return "" if value is None else value


def _none_for_blank(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _email(value: str) -> str:
    return normalise_email(value) if value.strip() else ""


def _phone(value: str, info: ValidationInfo) -> str:
    return normalise_phone(value, _region(info)) if value.strip() else ""


def _birth_date(value: Any, info: ValidationInfo) -> date | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not isinstance(value, (str, date)):
        raise ValueError("Write the date of birth as text, such as 1990-12-31.")
    return parse_birth_date(
        value, _region(info), today=(info.context or {}).get("today") or timezone.localdate()
    )


def _gender(value: str) -> str:
    if value and value not in Gender.values:
        raise ValueError("Use one of: " + ", ".join(Gender.values) + ".")
    return value


def _clean(length: int) -> Callable[[str], str]:
    return lambda value: clean_text(value, max_length=length)


def _optional(**schema: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": ["string", "null"], **schema})


def _text(length: int) -> Any:
    return Annotated[
        str, BeforeValidator(_blank_for_none), AfterValidator(_clean(length)), _optional(maxLength=length)
    ]


Email = Annotated[str, BeforeValidator(_blank_for_none), AfterValidator(_email), _optional(format="email")]
Phone = Annotated[
    str, BeforeValidator(_blank_for_none), AfterValidator(_phone), _optional(examples=["+66812345678"])
]
Reference = Annotated[Annotated[str, AfterValidator(_clean(255))] | None, BeforeValidator(_none_for_blank)]
Json = Annotated[
    dict[str, Any],
    BeforeValidator(lambda value: {} if value is None else value),
    AfterValidator(check_json_size),
]


class _Part(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
    )


class Address(_Part, Coordinates):
    """A postal address."""

    street: _text(300) = ""  # type: ignore[valid-type]
    city: _text(120) = ""  # type: ignore[valid-type]
    state: _text(120) = ""  # type: ignore[valid-type]
    country: _text(80) = ""  # type: ignore[valid-type]
    postal_code: _text(20) = ""  # type: ignore[valid-type]

    def as_json(self) -> dict[str, str | float]:
        """Return the parts that are known, as they are stored and on the wire."""
        return {
            key: value for key, value in self.model_dump(by_alias=True).items() if value not in ("", None)
        }


class EmailEntry(_Part):
    """One of several e-mail addresses."""

    email: Annotated[str, Field(min_length=1), AfterValidator(_email)]
    type: _text(20) = ""  # type: ignore[valid-type]
    source: _text(40) = ""  # type: ignore[valid-type]
    is_primary: bool = False


class PhoneEntry(_Part):
    """One of several phones."""

    phone: Annotated[str, Field(min_length=1), AfterValidator(_phone)]
    type: _text(20) = ""  # type: ignore[valid-type]
    source: _text(40) = ""  # type: ignore[valid-type]
    is_primary: bool = False


class TagRef(_Part):
    """A tag by id or by name; an unknown name makes the tag."""

    id: str | None = None
    name: _text(60) = ""  # type: ignore[valid-type]
    color: Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")] | None = None

    @property
    def uuid(self) -> uuid.UUID | None:
        """Return the id as a UUID, or None for ids of other systems."""
        try:
            return uuid.UUID(self.id) if self.id else None
        except ValueError:
            return None


class ProfileRecord(_Part):
    """One customer as a source describes it; what it does not say is not changed."""

    type: ProfileType = ProfileType.INDIVIDUAL
    status: Literal["ACTIVE", "INACTIVE"] = "ACTIVE"
    name: _text(255) = ""  # type: ignore[valid-type]
    display_name: _text(255) = ""  # type: ignore[valid-type]
    first_name: _text(120) = ""  # type: ignore[valid-type]
    last_name: _text(120) = ""  # type: ignore[valid-type]
    company_name: _text(200) = ""  # type: ignore[valid-type]
    email: Email = ""
    phone: Phone = ""
    emails: Annotated[list[EmailEntry], Field(max_length=50)] = []
    phones: Annotated[list[PhoneEntry], Field(max_length=50)] = []
    address: Annotated[Address, BeforeValidator(lambda value: {} if value is None else value)] = Address()
    company_tax_id: _text(40) = ""  # type: ignore[valid-type]
    industry: _text(120) = ""  # type: ignore[valid-type]
    company_size: _text(40) = ""  # type: ignore[valid-type]
    website: _text(300) = ""  # type: ignore[valid-type]
    date_of_birth: Annotated[date | None, BeforeValidator(_birth_date)] = None
    gender: Annotated[
        str,
        BeforeValidator(_blank_for_none),
        AfterValidator(_gender),
        _optional(enum=[*Gender.values, "", None]),
    ] = ""
    lifecycle_stage: LifecycleStage = LifecycleStage.SUBSCRIBER
    membership_tier: _text(40) = ""  # type: ignore[valid-type]
    member_id: Reference = None
    auth_user_id: Reference = None
    scl_member_id: Annotated[int, Field(ge=1, le=LARGEST_BIGINT)] | None = None
    teetime_player_id: Reference = None
    messaging_contact_id: Reference = None
    external_ids: Annotated[
        dict[str, Annotated[str, Field(min_length=1, max_length=255)]], Field(max_length=50)
    ] = {}
    attributes: Json = {}
    metadata: Json = {}
    primary_source: _text(40) = ""  # type: ignore[valid-type]
    tags: Annotated[list[TagRef], Field(max_length=100)] = []
    segment_ids: Annotated[list[uuid.UUID], Field(max_length=100)] = []
    # Trees given as null: that clears the whole, where {} says nothing of any key.
    _nulls: frozenset[str] = PrivateAttr(frozenset())

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
