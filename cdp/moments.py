"""Moments as callers write them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from django.utils.translation import gettext
from pydantic import AfterValidator, AwareDatetime


def _to_utc(value: datetime) -> datetime:
    """Return the moment in UTC: PostgreSQL takes no offset of 16 hours or more, RFC 3339 does."""
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError(gettext("This is outside the calendar.")) from None


Moment = Annotated[AwareDatetime, AfterValidator(_to_utc)]
