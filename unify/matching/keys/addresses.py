"""Keys of addresses: street with its house number, the words in it, postcode and city."""

import re
from dataclasses import dataclass
from functools import lru_cache

from unify.matching.keys.transliteration import ascii_key

_SHORT = {
    "street": "st", "str": "st", "strasse": "st", "road": "rd", "avenue": "ave", "av": "ave", "drive": "dr",
    "boulevard": "blvd", "lane": "ln", "court": "ct", "crescent": "cres", "cresent": "cres", "place": "pl",
    "square": "sq", "terrace": "tce", "terr": "tce", "highway": "hwy", "parkway": "pkwy", "circuit": "cct",
    "close": "cl", "north": "n", "south": "s", "east": "e", "west": "w", "northeast": "ne", "northwest": "nw",
    "southeast": "se", "southwest": "sw", "saint": "st", "mount": "mt", "fort": "ft", "thanon": "rd",
    "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th",
    "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th",
}  # fmt: skip
_TYPES_WORDS = """
    st rd ave dr blvd ln ct cres pl sq tce hwy pkwy cct cl way aly cir plaza thn soi
"""
_TYPES = frozenset(_TYPES_WORDS.split())
_DIRECTIONS_WORDS = """
    n s e w ne nw se sw
"""
_DIRECTIONS = frozenset(_DIRECTIONS_WORDS.split())
_unit = re.compile(
    r"\b(?:apt|apartment|suite|ste|unit|room|rm|flat|floor|fl|level|lvl|bldg|building|po box|p o box)\b"
    r"\s*\w{0,5}\d*\w?"
    r"|\b\d+(?:st|nd|rd|th) (?:fl|floor)\b|#\s*\w+"
)
_number = re.compile(r"\b\d+[a-z]?\b")
_attached = re.compile(r"(?:ถนน|ถ\.|ตำบล|ต\.|อำเภอ|อ\.|จังหวัด|จ\.|แขวง|เขต|หมู่ที่|หมู่|ซอย|ซ\.|বাড়ী নং|বাসা নং|রোড)")
_MIN_TOKEN = 2


@dataclass(frozen=True, slots=True)
class AddressKeys:
    street: str = ""  # number and name without the kind of street: "707 37th"
    street_name: str = ""  # without the number: "37th"
    house: str = ""
    words: tuple[str, ...] = ()
    postcode: str = ""
    city: str = ""


def address_keys(
    *, street: str = "", line2: str = "", house: str = "", postcode: str = "", city: str = ""
) -> AddressKeys:
    """The keys of one address; a house number given apart counts as if written in the street."""
    key = _street_key(street)
    own_house = ascii_key(house).partition(" ")[0]
    words = [word for word in key.split() if word not in _DIRECTIONS]
    number = own_house or next((word for word in words if _number.fullmatch(word)), "")
    names = [word for word in words if word != number]
    more = _street_key(line2).split()
    tokens = dict.fromkeys(word for word in (*names, *more) if len(word) >= _MIN_TOKEN)
    return AddressKeys(
        street=" ".join((number, *names) if number else names) if names else "",
        street_name=" ".join(names),
        house=number,
        words=tuple(tokens),
        postcode=_place_key(postcode).replace(" ", ""),
        city=_place_key(city),
    )


# Places repeat, streets hardly ever.
_place_key = lru_cache(maxsize=65_536)(ascii_key)


def _street_key(raw: str) -> str:
    if not raw:
        return ""
    text = ascii_key(_attached.sub(" ", raw).replace("#", " unit "))
    text = _unit.sub(" ", text)
    words = [_SHORT.get(word, word) for word in text.split()]
    kept = [word for word in words if word not in _TYPES]
    return " ".join(kept if any(not word.isdigit() for word in kept) else words)
