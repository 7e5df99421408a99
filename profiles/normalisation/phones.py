"""Phone numbers in E.164, the one form in which they are stored, compared and looked up.

libphonenumber decides. Digits in an ordinary arrangement take a short way (`phone_plans`) that gives the
same answer several times faster; everything else goes through the library itself.
"""

import re

import phonenumbers
from phonenumbers import NumberParseException, ValidationResult

from profiles.normalisation.errors import InvalidPhone, gettext_noop
from profiles.normalisation.phone_plans import NumberingPlan, normalise_digits, plan_for_region

MAX_RAW_LENGTH = 250

_ZEROES_OF_SCRIPTS = (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0BE6, 0x0E50, 0x0ED0, 0x1040, 0x17E0, 0xFF10)
_SEPARATORS = " -.()\u00a0\u00ad\u200b\u2010\u2011\u2012\u2013\u2014\u2015\u3000\uff08\uff09\uff0d\uff0e"
_ASCII_DIGITS = {zero + digit: 0x30 + digit for zero in _ZEROES_OF_SCRIPTS for digit in range(10)}
_ASCII_DIGITS[ord("＋")] = ord("+")
_BARE_DIGITS: dict[int, int | None] = {**_ASCII_DIGITS, **dict.fromkeys(map(ord, _SEPARATORS))}

_starts_with_exit_code = re.compile(r"[^\d+]*\+?[^\d+]*0[^\d+]*0(?=[^\d+]*[1-9])").match
_is_spreadsheet_float = re.compile(r"\d+\.0").fullmatch
_is_spreadsheet_power = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE).fullmatch
_with_extension = re.compile(r"([^a-z]*\d) ?(?:x|ext\.?) ?\d{1,6}", re.IGNORECASE).fullmatch
_local_extension = re.compile(r"\s*(?:ต่อ|内線|內線|분기|ঘর|এক্সটেনশন)[\s.:：]*\d{1,7}\s*$")
_range_of_lines = re.compile(r"(?<=\d)\s*/\s*\d{1,2}$")
_between_numbers = re.compile(r"[,;|/\n、]|:::| or | และ |\s{2,}").split
_SEVERAL_DIGITS = 7

_COUNTRY_CODE = (
    "country_code",
    gettext_noop("Start the phone number with a country code that exists, like +66."),
)
_TOO_SHORT = ("too_short", gettext_noop("Add the missing digits of the phone number."))
_TOO_LONG = ("too_long", gettext_noop("The phone number has too many digits; keep one number."))
_REASONS = {
    NumberParseException.INVALID_COUNTRY_CODE: _COUNTRY_CODE,
    NumberParseException.NOT_A_NUMBER: (
        "not_a_number",
        gettext_noop("Write the phone number in digits, like +66 81 234 5678."),
    ),
    NumberParseException.TOO_SHORT_AFTER_IDD: _TOO_SHORT,
    NumberParseException.TOO_SHORT_NSN: _TOO_SHORT,
    NumberParseException.TOO_LONG: _TOO_LONG,
}
_VERDICTS = {
    ValidationResult.TOO_SHORT: _TOO_SHORT,
    ValidationResult.TOO_LONG: _TOO_LONG,
    ValidationResult.INVALID_LENGTH: (
        "length",
        gettext_noop("The phone number has the wrong number of digits for its country."),
    ),
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: (
        "no_area_code",
        gettext_noop("Add the area code to the phone number."),
    ),
    ValidationResult.INVALID_COUNTRY_CODE: _COUNTRY_CODE,
}


def normalise_phone(raw: str, region: str) -> str:
    """E.164 of a number as people in `region` (ISO 3166, "TH") write it; raises InvalidPhone.

    A number is accepted when its length is possible for its country, as assigned ranges change faster than
    any metadata; a number without its area code is not, because it names a different phone in each town.
    Extensions are dropped. With region "" only international numbers are understood.
    """
    plan = plan_for_region(region)
    if raw[-2:] != ".0" and (number := normalise_digits(raw.translate(_BARE_DIGITS), plan)):
        return number
    return _normalise_unusual(raw, region.upper(), plan)


def _normalise_unusual(raw: str, region: str, plan: NumberingPlan | None) -> str:
    if len(raw) > MAX_RAW_LENGTH:
        raise InvalidPhone(*_TOO_LONG)
    if match := _with_extension(raw):
        number = normalise_digits(match[1].translate(_BARE_DIGITS), plan)
        if number:
            return number
    text = _without_spreadsheet_damage(raw.translate(_ASCII_DIGITS).strip())
    if "\0" in text:
        raise InvalidPhone("null_character", gettext_noop("Remove the null character from the phone number."))
    if not text:
        raise InvalidPhone("empty", gettext_noop("Enter a phone number."))
    text = _range_of_lines.sub("", _local_extension.sub("", text))
    if match := _starts_with_exit_code(text):
        return _after_exit_code(text, match.end(), region, plan)
    try:
        return _by_library(text, region)
    except InvalidPhone:
        if _holds_several_numbers(text):
            raise InvalidPhone("several", gettext_noop("Keep one phone number in this place.")) from None
        raise


def _holds_several_numbers(text: str) -> bool:
    return sum(len(re.sub(r"\D", "", part)) >= _SEVERAL_DIGITS for part in _between_numbers(text)) > 1


def _without_spreadsheet_damage(text: str) -> str:
    if _is_spreadsheet_power(text):
        raise InvalidPhone(
            "spreadsheet",
            gettext_noop(
                "A spreadsheet has rounded the phone number; format the column as text and export again."
            ),
        )
    return text[:-2] if _is_spreadsheet_float(text) else text


def _after_exit_code(text: str, end: int, region: str, plan: NumberingPlan | None) -> str:
    """Read 00 as "+", unless the region dials abroad in another way and that reading alone is a real number.

    From Thailand 001 66… is dialled, but 0066… is what people write; both mean +66….
    """
    plus = "+" + text[end:]
    if plan is None or plan.dials_00 or plus[1:].lstrip(" -.()/").startswith(plan.country_code):
        return _by_library(plus, region)
    for candidate in (text, plus):
        if _is_valid(candidate, region):
            return _by_library(candidate, region)
    return _by_library(plus, region)


def _is_valid(text: str, region: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text, region))
    except NumberParseException:
        return False


def _by_library(text: str, region: str) -> str:
    try:
        number = phonenumbers.parse(text, region or None)
    except NumberParseException as error:
        if error.error_type == NumberParseException.INVALID_COUNTRY_CODE and not region:
            raise InvalidPhone(
                "no_country", gettext_noop("Add the country code to the phone number, like +66.")
            ) from None
        raise InvalidPhone(*_REASONS[error.error_type]) from None
    verdict = phonenumbers.is_possible_number_with_reason(number)
    if verdict != ValidationResult.IS_POSSIBLE:
        raise InvalidPhone(*_VERDICTS[verdict])
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
