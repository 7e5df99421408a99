"""A rule's conditions and actions as they are written, judged before they are kept."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Self

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic.alias_generators import to_camel

from cdm.automation.fields import BY_KEY, Kind
from cdm.choices import OfferType, TaskKind
from cdp.errors import Invalid
from cdp.models import Tenant
from cdp.validation import field_errors

MOST_CONDITIONS = 10
MOST_BOOST, MOST_DAYS = 50, 366
LARGEST_NUMBER = Decimal("1e12")
# A hundred years: what is subtracted from today must stay a day the database knows.
MOST_DAYS_SINCE = 36_500


class _Part(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
        alias_generator=to_camel,
        populate_by_name=True,
    )


class Condition(_Part):
    """One question about a customer; ``value`` is a number or a text, as the field asks for."""

    field: str
    operator: str
    value: Annotated[str, Field(max_length=120)] | int | float | Decimal | None = None

    @model_validator(mode="after")
    def _fits(self) -> Condition:
        field = BY_KEY.get(self.field)
        if field is None:
            raise ValueError(_("Use one of: %(keys)s.") % {"keys": ", ".join(BY_KEY)})
        if self.operator not in field.operators:
            raise ValueError(_("Use one of: %(keys)s.") % {"keys": ", ".join(field.operators)})
        if self.operator != "never":
            _check_value(self)
        return self

    @property
    def number(self) -> Decimal:
        return Decimal(str(self.value))

    @property
    def text(self) -> str:
        return str(self.value)


def _check_value(condition: Condition) -> None:
    field, value = BY_KEY[condition.field], condition.value
    if field.takes_number:
        _check_number(value, most_days=_most_days(field.kind))
    elif value is None or not str(value).strip():
        raise ValueError(_("Say what to compare with."))
    elif field.choices and value not in dict(field.choices):
        raise ValueError(_("Use one of: %(keys)s.") % {"keys": ", ".join(dict(field.choices))})
    elif field.kind in {Kind.TAG, Kind.SEGMENT}:
        try:
            uuid.UUID(str(value))
        except ValueError:
            raise ValueError(_("Choose one from the list.")) from None


def _most_days(kind: Kind) -> int | None:
    """Return how many days may be asked for, where days are counted."""
    return {Kind.DAYS_UNTIL: MOST_DAYS, Kind.DAYS_SINCE: MOST_DAYS_SINCE}.get(kind)


def _check_number(value: object, *, most_days: int | None) -> None:
    try:
        number = Decimal(str(value))
    except ArithmeticError:
        raise ValueError(_("Write a number.")) from None
    if isinstance(value, bool) or not number.is_finite() or not 0 <= number <= LARGEST_NUMBER:
        raise ValueError(_("Write a number from 0 on."))
    if most_days is not None and number > most_days:
        raise ValueError(_("Write at most %(most)s days.") % {"most": most_days})


class Conditions(_Part):
    """Questions that must all be answered with yes."""

    all: Annotated[list[Condition], Field(min_length=1, max_length=MOST_CONDITIONS)]


class TaskAction(_Part):
    """A task for whoever looks after the customer."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    kind: TaskKind = TaskKind.CALL
    due_days: Annotated[int, Field(ge=0, le=MOST_DAYS)] = 0


class Actions(_Part):
    """What is done about a customer; at least one thing."""

    offer: OfferType | None = None
    boost: Annotated[int, Field(ge=1, le=MOST_BOOST)] | None = None
    task: TaskAction | None = None
    webhook: Annotated[str, StringConstraints(min_length=1, max_length=500)] | None = None

    @model_validator(mode="after")
    def _does_something(self) -> Actions:
        if not any((self.offer, self.boost, self.task, self.webhook)):
            raise ValueError(_("Say what the rule does: an offer, a boost, a task or a webhook."))
        return self


class RuleRecord(_Part):
    """A whole rule as it comes in."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    is_active: bool = False
    conditions: Conditions
    actions: Actions

    @classmethod
    def parse(cls, data: Any, *, tenant: Tenant | None = None) -> Self:
        """Judge ``data``; raises Invalid naming every bad field."""
        found: Self = parsed(cls, data)
        return found


def parsed(shape: type[Any], data: Any) -> Any:
    """Return ``data`` as a ``shape``; raises Invalid naming every bad field."""
    if not isinstance(data, Mapping):
        raise Invalid(_("Send an object."), fields={"_": [_("This is not an object.")]})
    try:
        return shape.model_validate(dict(data))
    except ValidationError as error:
        raise Invalid(_("See errors for each field."), fields=field_errors(error)) from error


def as_json(part: BaseModel) -> dict[str, Any]:
    """Return a part as it is stored."""
    found: dict[str, Any] = part.model_dump(mode="json", exclude_none=True)
    return found
