"""libphonenumber's own rules, compiled per country, for numbers that are nothing but digits and a plus.

Each step gives the library's answer or gives up with "", so a surprise costs time, never correctness.
"""

import re
from dataclasses import dataclass
from functools import cache

import phonenumbers
from phonenumbers import PhoneMetadata

_is_digits = re.compile(r"\+?[0-9]{4,17}", re.ASCII).fullmatch


class UnknownRegion(ValueError):
    """A region that libphonenumber has no numbering plan for."""


@dataclass(frozen=True, slots=True)
class NumberingPlan:
    """How one region writes its numbers.

    `lengths` are those of the country's main region, which is_possible_number consults whatever the region.
    """

    country_code: str
    lengths: frozenset[int]
    longest: int
    general: re.Pattern[str]
    national_prefix: re.Pattern[str] | None
    has_transformation: bool
    exit_code: re.Pattern[str] | None
    dials_00: bool

    def national(self, number: str) -> str:
        """The number without its national prefix if that is certain and of a possible length, else ""."""
        if self.national_prefix is not None and (match := self.national_prefix.match(number)):
            if self.has_transformation and match.group(match.re.groups) is not None:
                return ""
            stripped = number[match.end() :]
            if not self.general.fullmatch(stripped) and self.general.fullmatch(number):
                return ""
            number = stripped
        return number if len(number) in self.lengths else ""


def normalise_digits(digits: str, plan: NumberingPlan | None) -> str:
    """E.164 of "+66812345678", "66812345678" or "0812345678", or "" when only the library can tell."""
    if not _is_digits(digits):
        return ""
    if digits[0] == "+":
        return _international(digits)
    if plan is None or digits.startswith("00") or (plan.exit_code and plan.exit_code.match(digits)):
        return ""
    code = plan.country_code
    if not digits.startswith(code):
        national = plan.national(digits)
        return f"+{code}{national}" if national else ""
    rest = digits[len(code) :]
    if len(digits) <= plan.longest or (plan.national_prefix and plan.national_prefix.match(rest)):
        return ""
    return _international(f"+{digits}")


def _international(digits: str) -> str:
    for length in (1, 2, 3):
        code = digits[1 : 1 + length]
        plan = _plan_for_country(code)
        if plan is not None:
            national = plan.national(digits[1 + length :])
            return f"+{code}{national}" if national else ""
    return ""


@cache
def plan_for_region(region: str) -> NumberingPlan | None:
    """The plan of a region in either case, None for ""; raises UnknownRegion."""
    if not region:
        return None
    metadata = PhoneMetadata.metadata_for_region(region.upper(), None)
    if metadata is None:
        raise UnknownRegion(f"{region[:10]!r} has no phone numbers; use a region like TH, BD or ZA.")
    return _plan(metadata)


@cache
def _plan_for_country(code: str) -> NumberingPlan | None:
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(code))
    if regions is None or code.startswith("0"):
        return None
    metadata = PhoneMetadata.metadata_for_region_or_calling_code(int(code), regions[0])
    return None if metadata is None else _plan(metadata)


def _plan(metadata: PhoneMetadata) -> NumberingPlan:
    code, general = metadata.country_code, metadata.general_desc
    if code is None or general is None:
        raise UnknownRegion(f"{metadata.id} has no numbering plan.")
    main_region = phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code][0]
    main = PhoneMetadata.metadata_for_region_or_calling_code(code, main_region) or metadata
    prefix, exit_code = metadata.national_prefix_for_parsing, metadata.international_prefix
    return NumberingPlan(
        country_code=str(code),
        lengths=frozenset(_lengths(metadata)) & frozenset(_lengths(main)),
        longest=max(_lengths(metadata)),
        general=re.compile(general.national_number_pattern or ""),
        national_prefix=re.compile(prefix) if prefix else None,
        has_transformation=bool(metadata.national_prefix_transform_rule),
        exit_code=re.compile(exit_code) if exit_code and exit_code != "00" else None,
        dials_00=exit_code is None or exit_code == "00",
    )


def _lengths(metadata: PhoneMetadata) -> tuple[int, ...]:
    return metadata.general_desc.possible_length if metadata.general_desc else ()
