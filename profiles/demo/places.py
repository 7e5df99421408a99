"""Towns with the postcode and streets that belong to them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from profiles.demo.names import nfc


class Place(NamedTuple):
    """A town: its name, the state or province, the postcode; each also in Latin letters."""

    city: str
    roman_city: str
    state: str
    roman_state: str
    postcode: str
    streets: tuple[tuple[str, str], ...]


TOWNS = Path(__file__).parent / "towns"


def read_places(country: str, *, states: dict[str, str] | None = None) -> list[tuple[Place, float]]:
    """Read a country's towns, one a line: "weight | city/roman | state | postcode | street/roman, …".

    A form without a slash is written the same in both scripts; ``states`` gives the Latin form of states.
    """
    return [
        _place(line, states or {})
        for line in (TOWNS / f"{country}.txt").read_text(encoding="utf-8").splitlines()
    ]


def _place(line: str, states: dict[str, str]) -> tuple[Place, float]:
    weight, city, state, postcode, streets = (cell.strip() for cell in nfc(line).split("|"))
    native_city, roman_city = _both(city)
    pairs = tuple(_both(street.strip()) for street in streets.split(",") if street.strip())
    place = Place(native_city, roman_city, state, states.get(state, state), postcode, pairs)
    return place, float(weight)


def _both(text: str) -> tuple[str, str]:
    native, slash, roman = text.partition("/")
    return (native, roman) if slash else (text, text)
