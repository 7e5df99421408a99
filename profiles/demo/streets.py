"""How an address is written: house and street, and the postcode where it depends on the street."""

# ruff: noqa: PLR2004 (how often something happens to made-up people is its own name)

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from profiles.demo.places import Place

BENGALI_DIGITS = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
POSTCODE_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


class Address(NamedTuple):
    """One postal address."""

    street: str
    city: str
    state: str
    country: str
    postal_code: str


# Takes a street in both scripts and returns the line of the address in both.
StreetWriter = Callable[[Random, tuple[str, str]], tuple[str, str]]


def thai(rng: Random, street: tuple[str, str]) -> tuple[str, str]:
    """Return "88/12 ถนนสีลม"."""
    house = f"{1 + int(rng.random() * 399)}"
    if rng.random() < 0.7:
        house = f"{house}/{1 + int(rng.random() * 180)}"
    return f"{house} {street[0]}", f"{house} {street[1]}"


def bangladeshi(rng: Random, street: tuple[str, str]) -> tuple[str, str]:
    """Return "বাড়ি ১২, রোড ২৭"."""
    house = f"{1 + int(rng.random() * 160)}"
    return f"বাড়ি {house.translate(BENGALI_DIGITS)}, {street[0]}", f"House {house}, {street[1]}"


def japanese(rng: Random, street: tuple[str, str]) -> tuple[str, str]:
    """Return "新宿2丁目4番12号" or "新宿2-4-12"."""
    block, lot, house = 1 + int(rng.random() * 3), 1 + int(rng.random() * 24), 1 + int(rng.random() * 18)
    latin = f"{block}-{lot}-{house} {street[1]}"
    if rng.random() < 0.5:
        return f"{street[0]}{block}-{lot}-{house}", latin
    return f"{street[0]}{block}丁目{lot}番{house}号", latin


def western(rng: Random, street: tuple[str, str]) -> tuple[str, str]:
    """Return "12 Rivonia Road" or "Unit 4, 12 Rivonia Road"."""
    house = f"{1 + int(rng.random() * 220)} {street[0]}"
    line = f"Unit {1 + int(rng.random() * 48)}, {house}" if rng.random() < 0.15 else house
    return line, line


def american(rng: Random, street: tuple[str, str]) -> tuple[str, str]:
    """Return "1204 Oak Street" or "1204 Oak Street Apt 3B"."""
    line = f"{100 + int(rng.random() * 4800)} {street[0]}"
    if rng.random() < 0.2:
        line = f"{line} Apt {1 + int(rng.random() * 9)}{'ABCD'[rng.getrandbits(2)]}"
    return line, line


def own_postcode(rng: Random, place: Place) -> str:
    """Return the postcode of the town."""
    return place.postcode


def british_postcode(rng: Random, place: Place) -> str:
    """Complete the outward code with an inward one."""
    first = POSTCODE_LETTERS[int(rng.random() * 20)]
    second = POSTCODE_LETTERS[int(rng.random() * 20)]
    return f"{place.postcode} {int(rng.random() * 10)}{first}{second}"
