"""Days of the year as people type them: whole dates, days without their year, months alone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from profiles.normalisation.dates import is_month_first_in, parse_birth_date
from profiles.normalisation.errors import InvalidDate, gettext_noop
from profiles.normalisation.months import MONTHS

# 29 February is a day of a year that has one.
_LEAP_YEAR = 2024
_DECEMBER = 12
_MAX_RAW_LENGTH = 60

_is_truncated = re.compile(r"--(\d\d)(?:-(\d\d))?", re.ASCII).fullmatch
_is_two_numbers = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\.?").fullmatch
_is_day_and_name = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|\.)?[\s./-]*(?:de\s)?([^\W\d]\D*)").fullmatch
_is_name_and_day = re.compile(r"([^\W\d]\D*?)[\s./-]*(\d{1,2})(?:st|nd|rd|th|er)?").fullmatch

_WORDS = {
    "empty": gettext_noop("Enter a date."),
    "not_a_date": gettext_noop(
        "Write a date like 1990-12-31, a day without its year like --12-31, or a month like --12."
    ),
    "short_year": gettext_noop("Write the year with four digits, like 2533 or 1990."),
    "month": gettext_noop("Write the month as a number or by its full name."),
    "impossible": gettext_noop("Correct the date: the calendar has no such day."),
    "future": gettext_noop("Correct the date: it lies in the future."),
    "too_old": gettext_noop("Correct the date: it is more than 130 years ago."),
}


@dataclass(frozen=True, slots=True)
class KnownDay:
    """A day as far as it is known: the whole ``date``, or ``partial`` as ``--05-15`` or ``--05``."""

    date: date | None = None
    partial: str = ""


def parse_day(raw: str | date, region: str, *, today: date) -> KnownDay:
    """Return the day, with or without its year; raises InvalidDate.

    Months are known by name in the languages of ``MONTHS``; two numbers are read in the order usual in
    ``region``, where the one above 12 is always the day. Whole dates are read as dates of birth are.
    """
    if isinstance(raw, str):
        text = _tidied(raw)
        if (partial := _partial(text, region)) is not None:
            return KnownDay(partial=partial)
    try:
        return KnownDay(date=parse_birth_date(raw, region, today=today))
    except InvalidDate as error:
        raise InvalidDate(error.code, _WORDS.get(error.code, str(error))) from error


def as_partial(month: int, day: int | None) -> str:
    """Return a day without its year, or a month alone, as it is stored; raises InvalidDate."""
    try:
        date(_LEAP_YEAR, month, day or 1)
    except ValueError:
        raise InvalidDate("impossible", _WORDS["impossible"]) from None
    return f"--{month:02d}" if day is None else f"--{month:02d}-{day:02d}"


def _partial(text: str, region: str) -> str | None:
    if match := _is_truncated(text):
        return as_partial(int(match[1]), int(match[2]) if match[2] else None)
    if match := _is_two_numbers(text):
        return _of_numbers(int(match[1]), int(match[2]), region)
    if match := _is_day_and_name(text):
        return _of_name(match[2], int(match[1]))
    if match := _is_name_and_day(text):
        return _of_name(match[1], int(match[2]))
    return _of_name(text, None)


def _of_numbers(first: int, second: int, region: str) -> str:
    day, month = (second, first) if is_month_first_in(region) else (first, second)
    if month > _DECEMBER >= day:
        day, month = month, day
    return as_partial(month, day)


def _of_name(name: str, day: int | None) -> str | None:
    month = MONTHS.get(re.sub(r"[.\s,]|\bde\b", "", name.lower()))
    return as_partial(month, day) if month else None


def _tidied(raw: str) -> str:
    text = unicodedata.normalize("NFC", raw[: _MAX_RAW_LENGTH + 1])
    return "".join(one if one.isascii() else str(unicodedata.decimal(one, one)) for one in text).strip()
