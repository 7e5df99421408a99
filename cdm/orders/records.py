"""What a source says about one order, validated: the shape every way in shares."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic.alias_generators import to_camel

from cdm.choices import OrderKind, OrderStatus
from cdm.records.values import CustomerRef, Moment
from cdp.errors import Invalid
from cdp.models import Tenant
from cdp.validation import field_errors
from profiles.identity import Hints, IdentifierHint
from profiles.normalisation.emails import normalise_email
from profiles.normalisation.names import clean_text
from profiles.normalisation.phones import normalise_phone
from profiles.sizes import check_json_size

CENT = Decimal("0.01")
LARGEST = Decimal(10) ** 13
# Clocks of shops run fast; an order of next week is a mistake.
MOST_AHEAD = timedelta(days=1)
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


def cents(value: Decimal) -> Decimal:
    """Return an amount as it is kept, to two places."""
    return value.quantize(CENT, ROUND_HALF_UP)


def _text(length: int) -> Any:
    return Annotated[
        str,
        BeforeValidator(lambda value: "" if value is None else value),
        AfterValidator(lambda value: clean_text(value, max_length=length)),
        Field(max_length=length),
    ]


def _phone(value: str, info: ValidationInfo) -> str:
    return normalise_phone(value, str((info.context or {}).get("region", "")))


def _timed(value: Any) -> Any:
    """Refuse a day alone: which of two orders of one day came first is not known by it."""
    if isinstance(value, str) and ":" not in value:
        raise ValueError(gettext("Write the time like 2026-01-31T08:30:00Z."))
    return value


def _past(value: datetime | None) -> datetime | None:
    if value is None:
        return None
    if value > timezone.now() + MOST_AHEAD:
        raise ValueError(gettext("This is in the future."))
    if value < EARLIEST:
        raise ValueError(gettext("This is before 1970."))
    return value


Money = Annotated[Decimal, Field(max_digits=15, decimal_places=2, allow_inf_nan=False)]
Quantity = Annotated[Decimal, Field(max_digits=12, decimal_places=3, allow_inf_nan=False)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Part(BaseModel):
    """A part of a body: camelCase and snake_case alike, nothing unknown."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
    )

    @classmethod
    def parse(cls, data: Any, *, tenant: Tenant) -> Self:
        """Validate ``data``; raise Invalid naming every bad field."""
        if not isinstance(data, Mapping):
            raise Invalid(gettext("Send a JSON object."), fields={"_": [gettext("This is not an object.")]})
        try:
            context = {"region": tenant.region, "zone": ZoneInfo(tenant.time_zone)}
            return cls.model_validate(data, context=context)
        except ValidationError as error:
            raise Invalid(gettext("See errors for each field."), fields=field_errors(error)) from error

    def says(self, field: str) -> bool:
        """Tell whether the caller said anything about ``field`` (snake_case)."""
        return field in self.model_fields_set


class CustomerHints(Part):
    """Who ordered, by what the source knows of them; somebody unknown becomes a customer."""

    source: _text(40) = ""  # type: ignore[valid-type]
    external_id: _text(255) = ""  # type: ignore[valid-type]
    email: Annotated[str, Field(min_length=1, max_length=1000), AfterValidator(normalise_email)] | None = None
    phone: Annotated[str, Field(min_length=1, max_length=250), AfterValidator(_phone)] | None = None

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if not (self.external_id or self.email or self.phone):
            raise ValueError(gettext("Give an externalId, an email or a phone."))
        return self

    def hints(self, source: str) -> Hints:
        """Return the hints as resolution takes them; the order's source stands in for a missing one."""
        known_to = self.source or source
        identifiers = (IdentifierHint(known_to, self.external_id),) if self.external_id else ()
        return Hints(email=self.email or "", phone=self.phone or "", identifiers=identifiers, source=known_to)


class LineRecord(Part):
    """One product of an order; an unknown code makes the product."""

    sku: _text(120) = ""  # type: ignore[valid-type]
    product_id: uuid.UUID | None = None
    description: _text(255) = ""  # type: ignore[valid-type]
    quantity: Quantity = Decimal(1)
    unit_price: Money = Decimal(0)
    amount: Money | None = None

    @property
    def total(self) -> Decimal:
        """Return what the line costs."""
        return self.amount if self.amount is not None else cents(self.quantity * self.unit_price)


class OrderRecord(Part):
    """One sale or return as its source describes it; what it does not say is not changed."""

    number: Annotated[_text(120), Field(min_length=1)]  # type: ignore[valid-type]
    source: _text(40) = ""  # type: ignore[valid-type]
    kind: OrderKind = OrderKind.SALE
    status: OrderStatus = OrderStatus.COMPLETED
    ordered_at: Annotated[Moment, BeforeValidator(_timed), AfterValidator(_past)] = None
    currency: Currency | None = None
    total: Money | None = None
    customer_id: CustomerRef | None = None
    customer: CustomerHints | None = None
    customer_ref: _text(255) = ""  # type: ignore[valid-type]
    returns: _text(120) = ""  # type: ignore[valid-type]
    lines: Annotated[list[LineRecord], Field(max_length=2000)] = []
    metadata: Annotated[dict[str, Any], AfterValidator(check_json_size)] = {}

    @property
    def is_return(self) -> bool:
        """Tell whether goods came back."""
        return self.kind == OrderKind.RETURN

    @property
    def names_customer(self) -> bool:
        """Tell whether the record says whose the order is."""
        return bool(self.customer_id or self.customer or self.customer_ref)

    @property
    def reference(self) -> str:
        """Return what the source calls the customer."""
        return self.customer_ref or (self.customer.external_id if self.customer else "")

    @property
    def amount(self) -> Decimal | None:
        """Return the total as it is kept: negative for returns; None when nothing says it."""
        if self.total is None and not self.lines:
            return None
        total = self.total if self.total is not None else sum((line.total for line in self.lines), Decimal(0))
        return -abs(total) if self.is_return else total

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        amount = self.amount
        if amount is not None and not self.is_return and amount < 0:
            raise ValueError(gettext("The total of a sale is not negative: send a RETURN."))
        if amount is not None and abs(amount) >= LARGEST:
            raise ValueError(gettext("The total is too large."))
        if self.returns and not self.is_return:
            raise ValueError(gettext("Only a RETURN names the sale it returns."))
        if self.customer_id and (self.customer or self.customer_ref):
            raise ValueError(gettext("Say who ordered in one way: customerId, customer or customerRef."))
        return self
