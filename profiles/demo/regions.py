"""The countries the generator knows, and what it makes of the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import phonenumbers

from profiles.demo import (
    places_bangladesh,
    places_japan,
    places_south_africa,
    places_thailand,
    streets,
    tax_ids,
)
from profiles.demo.places import read_places
from profiles.demo.region import LINE_COUNTRY, Numbers, People, Region, towns


@cache
def region(code: str) -> Region:
    """Return a tenant's region; a country without facts of its own gets British towns, its own phones."""
    make = COUNTRIES.get(code)
    return make() if make else _elsewhere(code)


def _thailand() -> Region:
    mobile = "61 62 63 64 65 80 81 82 83 84 85 86 87 88 89 90 91 92 93 94 95 96 97 98 99"
    return Region(
        code="TH",
        country="Thailand",
        script="thai",
        utc_hours=7,
        people=People(
            """thai 78, british 5, american 3, japanese 5, bengali 1.5, bengali_hindu 0.5, german 1.5,
            french 1.5, italian 1, nordic 1, dutch 1, spanish 0.5, polish 0.5"""
        ),
        mobile=Numbers("66", mobile, 7),
        office=Numbers("66", "22 23 25 26 27 29", 6),
        places=towns(places_thailand.PLACES),
        street=streets.thai,
        tax_id=tax_ids.thai,
        sources=LINE_COUNTRY,
        legal_form="Co., Ltd.",
    )


def _bangladesh() -> Region:
    return Region(
        code="BD",
        country="Bangladesh",
        script="bengali",
        utc_hours=6,
        people=People(
            """bengali 62, bengali_handed_down 13, bengali_hindu 10, british 6, american 3, japanese 2,
            thai 2, south_african_indian 1, german 1"""
        ),
        mobile=Numbers("880", "13 14 15 16 17 17 18 18 19 19", 8),
        office=Numbers("880", "2222 2223 2226 2233 244", 6),
        places=towns(places_bangladesh.PLACES),
        street=streets.bangladeshi,
        tax_id=tax_ids.bangladeshi,
    )


def _south_africa() -> Region:
    return Region(
        code="ZA",
        country="South Africa",
        script="latin",
        utc_hours=2,
        people=People(
            """zulu 23, xhosa 15, sotho 21, afrikaans 14, british 12, south_african_indian 6, german 1,
            dutch 1, french 0.5, bengali 2.5, thai 2, japanese 2"""
        ),
        mobile=Numbers("27", "60 61 62 63 64 65 66 67 68 71 72 73 74 76 78 79 81 82 83 84", 7),
        office=Numbers("27", "11 11 12 21 31", 7),
        places=towns(places_south_africa.SUBURBS),
        homelands={key: towns(places) for key, places in places_south_africa.HOMELANDS.items()},
        tax_id=tax_ids.south_african,
        legal_form="(Pty) Ltd",
    )


def _japan() -> Region:
    mobile = "901 902 903 904 905 906 907 908 909 801 803 804 805 806 808 809 701 703 704 705"
    return Region(
        code="JP",
        country="Japan",
        script="japanese",
        utc_hours=9,
        people=People(
            """japanese 84, british 3, american 4, thai 2.5, bengali 2.5, french 1, german 1, italian 1,
            spanish 1"""
        ),
        mobile=Numbers("81", mobile, 7),
        office=Numbers("81", "33 35 66", 7),
        places=towns(places_japan.PLACES),
        street=streets.japanese,
        tax_id=tax_ids.japanese,
        sources=LINE_COUNTRY,
        legal_form="K.K.",
    )


def _britain() -> Region:
    mobile = "740 741 742 743 744 745 747 748 750 751 752 753 754 757 771 773 775 777 778 781 785 788 795"
    return Region(
        code="GB",
        country="United Kingdom",
        script="latin",
        utc_hours=0,
        people=People(
            """british 72, polish 4, south_african_indian 3, bengali 3, bengali_handed_down 2, italian 2,
            french 2, spanish 2, german 2, nordic 1, dutch 1, zulu 1, thai 2, japanese 2"""
        ),
        mobile=Numbers("44", mobile, 7),
        office=Numbers("44", "2072 2073 2083 2086 1614 1212 1132 1314", 6),
        places=towns(read_places("britain")),
        postcode=streets.british_postcode,
    )


def _united_states() -> Region:
    areas = (206, 212, 303, 305, 310, 312, 404, 415, 512, 602, 617, 702, 713, 718)
    exchanges = [f"{area}{digit}" for area in areas for digit in "2345678"]
    return Region(
        code="US",
        country="United States",
        script="latin",
        utc_hours=-5,
        people=People(
            """american 74, spanish 8, british 4, german 2, italian 2.5, polish 1.5, nordic 1, french 1,
            japanese 2, thai 2, bengali 2"""
        ),
        mobile=Numbers("1", exchanges, 6),
        office=Numbers("1", exchanges, 6),
        places=towns(read_places("united_states")),
        street=streets.american,
        tax_id=tax_ids.american,
        legal_form="LLC",
    )


COUNTRIES: dict[str, Callable[[], Region]] = {
    "TH": _thailand,
    "BD": _bangladesh,
    "ZA": _south_africa,
    "JP": _japan,
    "GB": _britain,
    "US": _united_states,
}


def _elsewhere(code: str) -> Region:
    example = phonenumbers.example_number_for_type(code, phonenumbers.PhoneNumberType.MOBILE)
    if example is None:
        raise ValueError(f"no mobile phones are known in region {code}")
    start = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)[1:-6]
    numbers = Numbers(start, ("",), 6)
    return replace(
        region("GB"),
        code=code,
        country=code,
        mobile=numbers,
        office=numbers,
        tax_id=lambda number: f"{code}{number:09d}",
    )
