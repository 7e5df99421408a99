"""Dates of birth as people type them, in the calendar and the order of their country."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from profiles.normalisation.errors import InvalidDate, gettext_noop
from profiles.normalisation.months import JAPANESE_ERAS, MONTHS

OLDEST_AGE = 130
TOO_OLD = gettext_noop("Correct the date of birth: it is more than %(most)s years ago.")
BUDDHIST_YEARS = range(2400, 2700)
_BUDDHIST_OFFSET = 543
_MONTH_FIRST = frozenset({"US", "AS", "GU", "MP", "PR", "UM", "VI", "PH"})
_MAX_RAW_LENGTH = 60
_DECEMBER = 12
_LAST_SERIAL_BEFORE_LEAP_DAY = 59

_is_iso = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII).fullmatch
_is_year_first = re.compile(r"(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})\s*[日일.]?").fullmatch
_is_year_last = re.compile(r"(\d{1,2})\s*[-/.,\s]\s*(\d{1,2})\s*[-/.,\s]\s*(\d{4}|\d{2})").fullmatch
_is_compact = re.compile(r"(\d{4})(\d\d)(\d\d)").fullmatch
_is_day_month_name = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er)?[\s./-]*(?:de\s)?([^\W\d].*?)[\s./,-]*(\d{4})"
).fullmatch
_is_month_name_day = re.compile(r"([^\W\d][^\d]*?)[\s.]*(\d{1,2})(?:st|nd|rd|th|er)?[\s,]+(\d{4})").fullmatch
_is_japanese_era = re.compile(r"(明治|大正|昭和|平成|令和)(\d{1,2}|元)年(\d{1,2})月(\d{1,2})日").fullmatch
_time_of_day = re.compile(
    r"[T\s]\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|[+-]\d\d:?\d\d)?$", re.IGNORECASE
)
_weekday_or_era = re.compile(
    r"^(?:[a-z]+day,?\s+)|^วัน[ก-๎]*ที่\s*|(?:พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|(?:พุทธ|คริสต์)ศักราช)\s*|\b(?:ad|be)\b",
    re.IGNORECASE,
)
_is_serial = re.compile(r"\d{1,5}(?:\.\d+)?").fullmatch


def parse_birth_date(
    raw: str | date,
    region: str,
    *,
    today: date,
    is_month_first: bool | None = None,
    excel_serials: bool = False,
) -> date:
    """The date of birth, raises InvalidDate when it is impossible, ambiguous or in the future.

    `is_month_first` is the order of a whole column where `date_order` has found one, otherwise the one usual
    in `region` counts; a number above 12 is always the day. Years 2400 to 2699 are of the Buddhist era.
    `excel_serials` reads bare numbers as days since 1900, as cells of a workbook hold them.
    """
    if isinstance(raw, date):
        return _plausible(raw.date() if isinstance(raw, datetime) else raw, today)
    if match := _is_iso(raw):
        return _plausible(_calendar_date(int(match[1]), int(match[2]), int(match[3])), today)
    month_first = is_month_first_in(region) if is_month_first is None else is_month_first
    if len(raw) > _MAX_RAW_LENGTH:
        raise InvalidDate("not_a_date", gettext_noop("Write the date of birth like 1990-12-31."))
    return _plausible(_parse(_tidied(raw), region.upper(), month_first, today, excel_serials), today)


def is_month_first_in(region: str) -> bool:
    """Tell whether people in ``region`` write the month before the day."""
    return region.upper() in _MONTH_FIRST


def date_order(samples: Iterable[str]) -> bool | None:
    """True when a column of dates writes the month first, False for the day first, None when none tells."""
    votes = {True: 0, False: 0}
    for sample in samples:
        if match := _is_year_last(_tidied(sample[:_MAX_RAW_LENGTH])):
            first, second = int(match[1]), int(match[2])
            if (first > _DECEMBER) != (second > _DECEMBER):
                votes[second > _DECEMBER] += 1
    if not votes[True] and not votes[False]:
        return None
    return votes[True] > votes[False]


def _tidied(raw: str) -> str:
    text = "".join(_ascii_digit(character) for character in unicodedata.normalize("NFC", raw)).strip()
    return _weekday_or_era.sub("", _time_of_day.sub("", text)).strip()


def _ascii_digit(character: str) -> str:
    return character if character.isascii() else str(unicodedata.decimal(character, character))


def _parse(text: str, region: str, month_first: bool, today: date, excel_serials: bool) -> date:
    if match := _is_year_first(text) or _is_compact(text):
        return _calendar_date(int(match[1]), int(match[2]), int(match[3]))
    if match := _is_year_last(text):
        return _from_numbers(int(match[1]), int(match[2]), _year(match[3], region, today), month_first)
    if match := _is_day_month_name(text):
        return _calendar_date(int(match[3]), _month(match[2]), int(match[1]))
    if match := _is_month_name_day(text):
        return _calendar_date(int(match[3]), _month(match[1]), int(match[2]))
    if match := _is_japanese_era(text):
        year = 1 if match[2] == "元" else int(match[2])
        return _calendar_date(JAPANESE_ERAS[match[1]] + year, int(match[3]), int(match[4]))
    if excel_serials and _is_serial(text):
        return _from_serial(int(float(text)))
    if not text:
        raise InvalidDate("empty", gettext_noop("Enter a date of birth."))
    raise InvalidDate("not_a_date", gettext_noop("Write the date of birth like 1990-12-31."))


def _from_numbers(first: int, second: int, year: int, month_first: bool) -> date:
    day, month = (second, first) if month_first else (first, second)
    if month > _DECEMBER >= day:
        day, month = month, day
    return _calendar_date(year, month, day)


def _year(text: str, region: str, today: date) -> int:
    if len(text) == len("1990"):
        return int(text)
    if region == "TH":
        raise InvalidDate(
            "short_year", gettext_noop("Write the year of birth with four digits, like 2533 or 1990.")
        )
    year = today.year - today.year % 100 + int(text)
    return year if year <= today.year else year - 100


def _month(text: str) -> int:
    name = re.sub(r"[.\s]|\bde$|\bde\b", "", text.lower())
    if month := MONTHS.get(name):
        return month
    raise InvalidDate("month", gettext_noop("Write the month of birth as a number or by its full name."))


def _calendar_date(year: int, month: int, day: int) -> date:
    if year in BUDDHIST_YEARS:
        year -= _BUDDHIST_OFFSET
    try:
        return date(year, month, day)
    except ValueError:
        raise InvalidDate(
            "impossible", gettext_noop("Correct the date of birth: the calendar has no such day.")
        ) from None


def _from_serial(serial: int) -> date:
    # Excel counts a 29 February 1900 that never was.
    return date(1899, 12, 30 if serial > _LAST_SERIAL_BEFORE_LEAP_DAY else 31) + timedelta(days=serial)


def _plausible(born_on: date, today: date) -> date:
    if born_on > today:
        raise InvalidDate("future", gettext_noop("Correct the date of birth: it lies in the future."))
    if born_on.year < today.year - OLDEST_AGE:
        raise InvalidDate("too_old", TOO_OLD, most=OLDEST_AGE)
    return born_on
