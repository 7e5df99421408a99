"""How a name is written: its own script, Latin letters, and the reading where the script hides it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from profiles.demo.skew import by_weight

_PLAIN = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "ð": "d", "þ": "th"}
)
_NOT_LETTERS = re.compile(r"[^a-z0-9]")


class Name(NamedTuple):
    """One given or family name; ``family`` is set where a given name goes with one family name only."""

    native: str
    roman: str
    slug: str
    reading: str = ""
    family: Name | None = None


Tables = dict[tuple[str, bool], list[Name]]
Reader = Callable[[str], tuple[Name, ...]]


@dataclass(frozen=True)
class Strand:
    """A naming custom: who is called what, drawn from tables by sex and by old or young.

    ``shared`` says that a family goes by one family name, so that households can be made of it.
    """

    key: str
    script: str
    given: Tables
    family: Tables
    nicknames: dict[str, tuple[Name, ...]] = field(default_factory=dict)
    shared: bool = True
    family_first: bool = False
    given_bits: int = 12
    family_bits: int = 12


def ascii_letters(text: str) -> str:
    """Return ``text`` without diacritics, as it is typed on a keyboard that has none."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def nfc(text: str) -> str:
    """Return ``text`` as the product stores text."""
    return unicodedata.normalize("NFC", text)


def slug(text: str) -> str:
    """Return the part of an e-mail address that ``text`` becomes."""
    return _NOT_LETTERS.sub("", ascii_letters(text).lower())


def name(native: str, roman: str, reading: str = "", family: Name | None = None) -> Name:
    """Return a name with its slug made from the Latin form; "Md." and the like are not part of it."""
    return Name(native, roman, slug(roman.removeprefix("Md. ").removeprefix("Mst. ")), reading, family)


def latin(text: str) -> tuple[Name, ...]:
    """Read "Anna, Zoë, van der Merwe"."""
    return tuple(name(part, ascii_letters(part)) for part in _parts(text))


def bilingual(text: str) -> tuple[Name, ...]:
    """Read "สมชาย Somchai, วิชัย Wichai": the native form, a space, the Latin form."""
    pairs = (part.rsplit(" ", 1) for part in _parts(text))
    return tuple(name(native, roman) for native, roman in pairs)


def with_reading(text: str) -> tuple[Name, ...]:
    """Read "佐藤 サトウ Sato": the native form, its reading, the Latin form."""
    triples = (part.split(" ") for part in _parts(text))
    return tuple(name(native, roman, reading) for native, reading, roman in triples)


def paired(given: Iterable[Name], families: Iterable[tuple[Name, int]]) -> list[tuple[Name, float]]:
    """Tie each given name to the few family names it goes with, with a weight for every pair."""
    shares = tuple(families)
    total = sum(share for _, share in shares)
    return [
        (one._replace(family=family), share / total / (rank + 3))
        for rank, one in enumerate(given)
        for family, share in shares
    ]


def ranked(names: Iterable[Name], exponent: float) -> list[tuple[Name, float]]:
    """Give the name at rank r the weight 1 / (r + 3) ** exponent, the weights summing to one."""
    weights = [(one, 1 / (rank + 3) ** exponent) for rank, one in enumerate(names)]
    total = sum(weight for _, weight in weights)
    return [(one, weight / total) for one, weight in weights]


def doubled(
    first: list[tuple[Name, float]], second: list[tuple[Name, float]], share: float
) -> list[tuple[Name, float]]:
    """Let a ``share`` of people carry a second given name; the slug stays that of the first."""
    pairs = [
        (one._replace(native=f"{one.native} {two.native}", roman=f"{one.roman} {two.roman}"), share * w1 * w2)
        for one, w1 in first
        for two, w2 in second
        if one.slug != two.slug
    ]
    return [(one, weight * (1 - share)) for one, weight in first] + pairs


@dataclass(frozen=True)
class Seconds:
    """Second given names, and how many people have one."""

    men: str
    women: str
    share: float


def by_sex_and_age(
    texts: tuple[str, str, str, str],
    *,
    read: Reader = latin,
    exponent: float = 0.8,
    seconds: Seconds | None = None,
) -> Tables:
    """Return draw tables keyed by (sex, is young) from lists of old and young men, old and young women."""
    keys = [("male", False), ("male", True), ("female", False), ("female", True)]
    tables: Tables = {}
    for (sex, young), text in zip(keys, texts, strict=True):
        names = ranked(read(text), exponent)
        if seconds is not None:
            others = ranked(read(seconds.men if sex == "male" else seconds.women), exponent)
            names = doubled(names, others, seconds.share)
        tables[sex, young] = by_weight(names)
    return tables


def for_everybody(table: list[Name]) -> Tables:
    """Return one table of family names for both sexes and every age."""
    return {(sex, young): table for sex in ("male", "female") for young in (False, True)}


def weighted(text: str, *, bits: int = 12) -> list[Name]:
    """Read "ইসলাম Islam 70, হক Haque 12": a bilingual name and its share."""
    rows = (part.rsplit(" ", 2) for part in _parts(text))
    return by_weight(((name(native, roman), float(share)) for native, roman, share in rows), bits)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in nfc(text).replace("\n", " ").split(",") if part.strip()]
