"""What a tenant's customers look like in one country: who lives there, their phones, towns and tax ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random

from profiles.demo import (
    names_bengali,
    names_english,
    names_european,
    names_japanese,
    names_southern_africa,
    names_thai,
    streets,
    tax_ids,
)
from profiles.demo.names import Strand
from profiles.demo.places import Place
from profiles.demo.skew import by_weight

STRANDS: dict[str, Strand] = {
    strand.key: strand
    for module in (
        names_thai,
        names_bengali,
        names_japanese,
        names_english,
        names_southern_africa,
        names_european,
    )
    for strand in module.STRANDS
}
PLACE_BITS, PREFIX_BITS, STRAND_BITS = 10, 8, 10
WEB_COUNTRY = {"ERP": 26, "CRM": 20, "LINE": 3, "FACEBOOK": 14, "Website": 26, "MANUAL": 11}
LINE_COUNTRY = {"ERP": 24, "CRM": 14, "LINE": 27, "FACEBOOK": 8, "Website": 18, "MANUAL": 9}


class Numbers:
    """A range of phone numbers: prefixes in E.164, and ``digits`` that follow at random."""

    def __init__(self, country: str, prefixes: str | Iterable[str], digits: int) -> None:
        parts = prefixes.split() if isinstance(prefixes, str) else prefixes
        self.prefixes = by_weight([(f"+{country}{part}", 1.0) for part in parts], bits=PREFIX_BITS)
        self.size, self.digits = 10**digits, digits

    def draw(self, rng: Random) -> str:
        """Return any number of the range."""
        prefix = self.prefixes[rng.getrandbits(PREFIX_BITS)]
        return f"{prefix}{int(rng.random() * self.size):0{self.digits}d}"


class People:
    """Who lives in a country: "thai 76, british 6" as draw tables, of everybody and of families.

    Households are made of those who hand down a family name.
    """

    def __init__(self, mix: str) -> None:
        shares = (part.split() for part in mix.replace("\n", " ").split(","))
        pairs = [(STRANDS[key], float(share)) for key, share in shares]
        self.everybody = by_weight(pairs, bits=STRAND_BITS)
        self.families = by_weight([pair for pair in pairs if pair[0].shared], bits=STRAND_BITS)


@dataclass(frozen=True)
class Region:
    """One country as the generator sees it; ``homelands`` says who lives elsewhere than most."""

    code: str
    country: str
    script: str
    utc_hours: int
    people: People
    mobile: Numbers
    office: Numbers
    places: list[Place]
    homelands: dict[str, list[Place]] = field(default_factory=dict)
    street: streets.StreetWriter = streets.western
    postcode: Callable[[Random, Place], str] = streets.own_postcode
    tax_id: Callable[[int], str] = tax_ids.british
    sources: dict[str, int] = field(default_factory=lambda: WEB_COUNTRY)
    legal_form: str = "Ltd"

    def places_of(self, strand: str) -> list[Place]:
        """Return the draw table of where people of a naming custom live."""
        return self.homelands.get(strand, self.places)


def towns(places: list[tuple[Place, float]]) -> list[Place]:
    """Return a draw table of towns."""
    return by_weight(places, bits=PLACE_BITS)
