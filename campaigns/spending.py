"""What a caller says about money that was spent."""

from __future__ import annotations

import uuid
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Self

from django.utils.translation import gettext
from pydantic import AfterValidator, Field, model_validator

from campaigns.records import EARLIEST_DAY, LATEST_DAY, Currency, Day, Money, Reference
from campaigns.shapes.base import refuse_unstorable
from cdp.api.wire import Incoming
from cdp.moments import Moment


def _something(value: Decimal) -> Decimal:
    if not value:
        raise ValueError(gettext("Spend something."))
    return value


Spent = Annotated[
    Decimal, Field(max_digits=15, decimal_places=2, allow_inf_nan=False), AfterValidator(_something)
]


def _accepted(value: datetime) -> datetime:
    if not EARLIEST_DAY <= value.date() <= LATEST_DAY:
        raise ValueError(
            gettext("Use a day from %(first)s to %(last)s.") % {"first": EARLIEST_DAY, "last": LATEST_DAY}
        )
    return value


# Near the ends of the calendar a moment has no day in other time zones.
SpentAt = Annotated[Moment, AfterValidator(_accepted)]
Source = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(refuse_unstorable)]


class SpendRecord(Incoming):
    """One spend; ``amount`` in the budget's currency, negative to take back."""

    amount: Spent
    idempotency_key: Reference
    campaign_id: uuid.UUID | None = None
    occurred_at: SpentAt | None = None
    currency: Currency | None = None
    source: Source = "manual"
    note: Annotated[str, Field(max_length=500), AfterValidator(refuse_unstorable)] = ""


class DailyTotal(Incoming):
    """What a campaign has spent in all on one day, as an ad platform reports it."""

    campaign_id: uuid.UUID | None = None
    external_id: Reference | None = None
    day: Day
    total: Money
    currency: Currency | None = None
    source: Source = "ads"

    @model_validator(mode="after")
    def _names_a_campaign(self) -> Self:
        if (self.campaign_id is None) == (self.external_id is None):
            raise ValueError(gettext("Name the campaign by campaignId or by externalId."))
        return self
