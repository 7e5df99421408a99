"""Moments as callers write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext
from pydantic import AfterValidator, AwareDatetime


def _to_utc(value: datetime) -> datetime:
    """Return the moment in UTC: PostgreSQL takes no offset of 16 hours or more, RFC 3339 does."""
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError(gettext("This is outside the calendar.")) from None


_is_written_out = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d.*)?").fullmatch


def day_in_words(text: str) -> str:
    """Return a day or moment that is kept as 2026-11-05 the way pages write it; any other text as it is."""
    if not _is_written_out(text):
        return text
    try:
        at = parse_datetime(text) if "T" in text else None
        day = None if at else parse_date(text)
    except ValueError:
        return text
    if at is not None:
        return date_format(localtime(at) if is_aware(at) else at, "DATETIME_FORMAT")
    return date_format(day, "DATE_FORMAT") if day else text


Moment = Annotated[AwareDatetime, AfterValidator(_to_utc)]
