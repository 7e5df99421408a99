"""Parts of what a caller says about a customer: types of values, addresses, preferences, tags."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
)
from pydantic.alias_generators import to_camel

from profiles.choices import ContactChannel, Gender, MaritalStatus
from profiles.coordinates import Coordinates
from profiles.normalisation.emails import normalise_email
from profiles.normalisation.names import clean_text
from profiles.normalisation.phones import normalise_phone
from profiles.sizes import check_json_size

_is_language = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*").fullmatch


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


def _one_of(values: list[str]) -> Any:
    def check(value: str) -> str:
        if value and value not in values:
            raise ValueError(_("Use one of: %(keys)s.") % {"keys": ", ".join(values)})
        return value

    return Annotated[
        str, BeforeValidator(_blank_for_none), AfterValidator(check), _optional(enum=[*values, "", None])
    ]


def _clean(length: int) -> Callable[[str], str]:
    return lambda value: clean_text(value, max_length=length)


def _optional(**schema: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": ["string", "null"], **schema})


def text_of(length: int) -> Any:
    """Return the type of one line of text that may be missing."""
    return Annotated[
        str, BeforeValidator(_blank_for_none), AfterValidator(_clean(length)), _optional(maxLength=length)
    ]


# Fifty characters once what cannot be shown is taken out: a text that is longer as sent may do.
SpokenTime = Annotated[str, BeforeValidator(_blank_for_none), AfterValidator(_clean(50)), _optional()]


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


# A system's name as it is stored with an id of it.
SourceName = Annotated[str, AfterValidator(_clean(40)), Field(min_length=1, max_length=40)]


def _each_source_once(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    found = handler(value)
    if len(found) < len(value):
        twice = [name for name in found if name not in value]
        raise ValueError(_("%(names)s: this is given twice.") % {"names": ", ".join(twice)})
    return found


EachSourceOnce = WrapValidator(_each_source_once)


def _language(value: str) -> str:
    if value and not _is_language(value):
        raise ValueError(_("Use a language tag such as th, en or pt-BR."))
    return value


class Part(BaseModel):
    """Anything said about a customer; camelCase and snake_case, unknown names are refused."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
    )


class Address(Part, Coordinates):
    """A postal address."""

    street: text_of(300) = ""  # type: ignore[valid-type]
    district: text_of(120) = ""  # type: ignore[valid-type]
    city: text_of(120) = ""  # type: ignore[valid-type]
    state: text_of(120) = ""  # type: ignore[valid-type]
    country: text_of(80) = ""  # type: ignore[valid-type]
    postal_code: text_of(20) = ""  # type: ignore[valid-type]

    def as_json(self) -> dict[str, str | float]:
        """Return the parts that are known, as they are stored and on the wire."""
        return {
            key: value for key, value in self.model_dump(by_alias=True).items() if value not in ("", None)
        }


class ContactPreferences(Part):
    """How somebody wants to be contacted, the preferred channel first, and what they do not want."""

    channels: Annotated[list[ContactChannel], Field(max_length=len(ContactChannel.values))] = []
    language: Annotated[
        str, BeforeValidator(_blank_for_none), AfterValidator(_language), _optional(examples=["th", "en"])
    ] = ""
    do_not_contact: Annotated[bool, Strict()] | None = None
    do_not_call: Annotated[bool, Strict()] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return what is known, as it is stored and on the wire."""
        said = self.model_dump(by_alias=True, mode="json")
        return {key: value for key, value in said.items() if value not in (None, "", [])}


class EmailEntry(Part):
    """One of several e-mail addresses."""

    email: Annotated[str, Field(min_length=1), AfterValidator(_email)]
    type: text_of(20) = ""  # type: ignore[valid-type]
    source: text_of(40) = ""  # type: ignore[valid-type]
    is_primary: bool = False


class PhoneEntry(Part):
    """One of several phones."""

    phone: Annotated[str, Field(min_length=1), AfterValidator(_phone)]
    type: text_of(20) = ""  # type: ignore[valid-type]
    source: text_of(40) = ""  # type: ignore[valid-type]
    is_primary: bool = False


class TagRef(Part):
    """A tag by id or by name; an unknown name makes the tag."""

    id: str | None = None
    name: text_of(60) = ""  # type: ignore[valid-type]
    color: Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")] | None = None

    @property
    def uuid(self) -> uuid.UUID | None:
        """Return the id as a UUID, or None for ids of other systems."""
        try:
            return uuid.UUID(self.id) if self.id else None
        except ValueError:
            return None


GenderText = _one_of(Gender.values)
MaritalText = _one_of(MaritalStatus.values)
