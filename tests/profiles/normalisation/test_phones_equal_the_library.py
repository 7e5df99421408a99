"""The short way through phone_plans gives libphonenumber's own answer, whatever the number and the region."""

import csv
from pathlib import Path

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

from profiles.normalisation.errors import InvalidPhone
from profiles.normalisation.phone_plans import normalise_digits, plan_for_region
from profiles.normalisation.phones import normalise_phone

DATA = Path(__file__).parents[2] / "data"
REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
SOME_REGIONS = [
    "TH",
    "BD",
    "ZA",
    "US",
    "CA",
    "GB",
    "GG",
    "DE",
    "IT",
    "JP",
    "AU",
    "BR",
    "AR",
    "MX",
    "IN",
    "KZ",
    "RU",
    "HU",
]


def ask_library(text: str, region: str) -> str:
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException:
        return ""
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        return ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def ask_us(text: str, region: str) -> str:
    try:
        return normalise_phone(text, region)
    except InvalidPhone:
        return ""


def examples() -> list[dict[str, str]]:
    with (DATA / "phone" / "libphonenumber_examples.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.conforms("R34")
def test_every_example_number_written_in_every_way_is_read_as_the_library_reads_it() -> None:
    differences = []
    compared = 0
    for row in examples():
        own = row["region"] if row["region"] in REGIONS else "TH"
        for text in (
            row["e164"],
            row["international"],
            row["national"],
            row["e164"][1:],
            row["national"] + " x12",
        ):
            for region in {own, "TH", "US", "GB"}:
                if not text.startswith("00"):
                    compared += 1
                    if ask_us(text, region) != ask_library(text, region):
                        differences.append((text, region))
    assert differences == []
    assert compared > 15_000


def test_the_short_way_agrees_on_every_example_from_eighteen_regions() -> None:
    taken = 0
    for row in examples():
        for text in (row["e164"], row["e164"][1:], "0" + row["national"].replace(" ", "")):
            for region in SOME_REGIONS:
                if answer := normalise_digits(text, plan_for_region(region)):
                    taken += 1
                    assert answer == ask_library(text, region), (text, region)
    assert taken > 20_000


@st.composite
def numbers(draw: st.DrawFn) -> tuple[str, str]:
    region = draw(st.sampled_from(REGIONS))
    code = str(phonenumbers.country_code_for_region(region))
    prefix = draw(st.sampled_from(["", "", "0", "1", "8", code, f"{code}0", "+", f"+{code}", f"+{code}0"]))
    return prefix + draw(st.text("0123456789", min_size=3, max_size=14)), region


@settings(max_examples=1_500, deadline=None)
@given(numbers())
def test_the_short_way_agrees_on_any_digits(number: tuple[str, str]) -> None:
    text, region = number
    if answer := normalise_digits(text, plan_for_region(region)):
        assert answer == ask_library(text, region)


@settings(deadline=None)
@given(st.text(max_size=30) | st.text("+0123456789 ()-./x", max_size=20), st.sampled_from(SOME_REGIONS))
def test_any_text_gives_a_number_that_stays_the_same_or_a_refusal(text: str, region: str) -> None:
    if phone := ask_us(text, region):
        assert phone.startswith("+")
        assert phone[1:].isdecimal()
        assert normalise_phone(phone, "TH") == phone


@pytest.mark.parametrize(
    ("locale", "region"), [("th_TH", "TH"), ("bn_BD", "BD"), ("ja_JP", "JP"), ("en_US", "US")]
)
def test_the_phones_of_the_locale_files_are_understood(locale: str, region: str) -> None:
    with (DATA / "locales" / f"{locale}_200.csv").open(encoding="utf-8", newline="") as file:
        phones = [row["phone"] for row in csv.DictReader(file)]

    refused = [phone for phone in phones if not ask_us(phone, region)]

    assert len(phones) == 200
    assert refused == [] or (region == "JP" and all(phone.startswith("00-") for phone in refused))
