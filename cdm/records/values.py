"""Types of values in what callers say."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import AfterValidator, BeforeValidator, Field, Strict, ValidationInfo, WithJsonSchema

from profiles.choices import Gender
from profiles.normalisation.emails import normalise_email
from profiles.normalisation.names import clean_text
from profiles.normalisation.phones import normalise_phone

_YEARS = range(1900, 2201)
# Clocks of shops and phones run fast; what happens next week has not happened.
MOST_AHEAD = timedelta(days=1)
LARGEST_AMOUNT = Decimal("9999999999999.99")


def _blank_for_none(value: Any) -> Any:
    return "" if value is None else value


def _optional(**schema: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": ["string", "null"], **schema})


def _cleaned(length: int) -> Callable[[str], str]:
    return lambda value: clean_text(value, max_length=length)


def text(length: int) -> Any:
    """Return the type of one line of text that may be missing."""
    return Annotated[
        str, BeforeValidator(_blank_for_none), AfterValidator(_cleaned(length)), _optional(maxLength=length)
    ]


def required_text(length: int) -> Any:
    """Return the type of one line of text that must be there."""
    return Annotated[str, AfterValidator(_cleaned(length)), Field(min_length=1, max_length=length)]


def _long(value: str) -> str:
    if "\x00" in value:
        raise ValueError(_("Remove the null character."))
    return value.strip()


# Notes of several lines.
LongText = Annotated[
    str,
    BeforeValidator(_blank_for_none),
    Field(max_length=10_000),
    AfterValidator(_long),
    _optional(maxLength=10_000),
]


def _moment(value: Any, info: ValidationInfo) -> datetime | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not isinstance(value, (str, datetime)):
        raise ValueError(_("Write the time as text, such as 2026-01-31T08:30:00Z."))
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            raise ValueError(_("Write the time like 2026-01-31T08:30:00Z.")) from None
    if value.year not in _YEARS:
        raise ValueError(_("Use a year from 1900 to 2200."))
    zone = (info.context or {}).get("zone", UTC)
    said: datetime = value
    return (said if timezone.is_aware(said) else said.replace(tzinfo=zone)).astimezone(UTC)


# A time without zone is the tenant's.
Moment = Annotated[
    datetime | None,
    BeforeValidator(_moment),
    WithJsonSchema({"type": ["string", "null"], "format": "date-time"}),
]


def _happened(value: datetime | None) -> datetime | None:
    if value is not None and value > timezone.now() + MOST_AHEAD:
        raise ValueError(_("This is in the future."))
    return value


# When something happened: a moment that has come.
Happened = Annotated[Moment, AfterValidator(_happened)]


def _day(value: Any) -> Any:
    if isinstance(value, str):
        if not value.strip():
            return None
        try:
            value = date.fromisoformat(value.strip())
        except ValueError:
            raise ValueError(_("Write the day like 2026-01-31.")) from None
    if value is not None and not isinstance(value, date):
        raise ValueError(_("Write the day as text, such as 2026-01-31."))
    if value is not None and value.year not in _YEARS:
        raise ValueError(_("Use a year from 1900 to 2200."))
    return value


Day = Annotated[
    date | None, BeforeValidator(_day), WithJsonSchema({"type": ["string", "null"], "format": "date"})
]


def _money(value: Any) -> Any:
    if value is None:
        return Decimal(0)
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Decimal)):
        raise ValueError(_("Write the amount as a number, such as 5500 or 5500.50."))
    return Decimal(str(value)) if isinstance(value, float) else value


Money = Annotated[
    Decimal,
    BeforeValidator(_money),
    Field(ge=0, le=LARGEST_AMOUNT, decimal_places=2),
    WithJsonSchema(
        {"type": ["number", "null"], "minimum": 0, "maximum": 9_999_999_999_999, "multipleOf": 0.01}
    ),
]


def _currency(value: str) -> str:
    if value and not re.fullmatch("[A-Z]{3}", value):
        raise ValueError(_("Use a three-letter ISO 4217 code such as THB."))
    return value


Currency = Annotated[
    str,
    BeforeValidator(_blank_for_none),
    AfterValidator(_currency),
    _optional(pattern="^[A-Z]{3}$"),
]
Flag = Annotated[bool, Strict()]
Reference = Annotated[str, Field(min_length=1, max_length=255)]


def _reference(value: Any) -> Any:
    if isinstance(value, (int, uuid.UUID)) and not isinstance(value, bool):
        return str(value)
    return value


# A customer: the UUID, the number of an older system, or the label another system knows.
CustomerRef = Annotated[
    str,
    BeforeValidator(_reference),
    Field(min_length=1, max_length=255),
    WithJsonSchema({"type": ["string", "integer"], "minLength": 1, "maxLength": 255, "examples": ["123"]}),
]
ProductRef = Annotated[
    str,
    BeforeValidator(lambda value: "" if value is None else _reference(value)),
    AfterValidator(_cleaned(120)),
    WithJsonSchema({"type": ["string", "integer", "null"], "maxLength": 120}),
]


def _region(info: ValidationInfo) -> str:
    return str((info.context or {}).get("region", "TH"))


def _phone(value: str, info: ValidationInfo) -> str:
    return normalise_phone(value, _region(info)) if value.strip() else ""


def _email(value: str) -> str:
    return normalise_email(value) if value.strip() else ""


Phone = Annotated[str, BeforeValidator(_blank_for_none), AfterValidator(_phone), _optional()]
Email = Annotated[str, BeforeValidator(_blank_for_none), AfterValidator(_email), _optional(format="email")]


def _gender(value: str) -> str:
    if value and value not in Gender.values:
        raise ValueError(_("Use one of: %(keys)s.") % {"keys": ", ".join(Gender.values)})
    return value


GenderText = Annotated[
    str,
    BeforeValidator(_blank_for_none),
    AfterValidator(_gender),
    _optional(enum=[*Gender.values, "", None]),
]
