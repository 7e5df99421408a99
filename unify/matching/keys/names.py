"""Keys of people's names: without titles, in ASCII, with the short forms they may stand for."""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

from unify.matching.keys.transliteration import ascii_key

_TITLES_WORDS = """
    mr mrs ms miss mister mx dr doctor prof professor sir madam madame dame lord lady rev reverend
    fr father capt captain col hon judge mnr mev mej herr frau frl monsieur mme mlle mademoiselle
    sr sra srta senor senora dhr mevr dipl haji hajj hajji alhaj alhajj khun
    nangsao dato datuk shri smt janab engr adv
"""
_TITLES = frozenset(_TITLES_WORDS.split())
_SUFFIXES_WORDS = """
    jr sr junior senior ii iii iv phd md mba bsc msc esq dds cpa
"""
_SUFFIXES = frozenset(_SUFFIXES_WORDS.split())
# Mohammad and Mst. stand before half of all names in Bangladesh; alone they are the name.
_PREFIX_NAMES_WORDS = """
    md mohd most mst mosa mossa mosammat musammat moh
"""
_PREFIX_NAMES = frozenset(_PREFIX_NAMES_WORDS.split())

# Written without a space before the name: Thai titles, and after it: Japanese ones.
# A Thai name starts with a consonant or a vowel that is written before one; คุณ also begins some names itself.
_THAI_START = "(?=[ก-ฮเแโใไ][^\\s.]|[A-Za-z])"
_attached_title = re.compile(
    r"^\s*(?:(?:นางสาว|นาย|นาง|เด็กชาย|เด็กหญิง|คุณ(?!\s*(?:ธรรม|ภัทร|วุฒิ|พัฒน์|วัฒน์|พงศ์|อนันต์)$)|น\.?\s*ส\.|ด\.?\s*[ชญ]\."
    r"|ดร\.|ผศ\.|รศ\.|ศ\.|นพ\.|พญ\.|ทพ\.|ทพญ\.|ม\.[รล]\.(?:ว\.)?|หม่อมหลวง|หม่อมราชวงศ์|ว่าที่\s*(?:ร้อยตรี|ร\.ต\.)"
    r"|(?:พล\.|พ|ร|จ|ส)\.?[ตอทส]\.[ตทอ]\.)\s*)+" + _THAI_START
)
_bengali_title = re.compile(
    r"^\s*(?:মোঃ|মো[.:]|মোছাঃ|মোছা[.:]|মোসাঃ|মোসা[.:]|মোসাম্মৎ|মোছাম্মৎ|জনাবা?|মিসেস|মিস|বেগম\s|ডাঃ|ডা\.|ড\.|আলহাজ্ব?|শ্রীমতী|শ্রী)\s*(?=\S{2})"
)
_japanese_honorific = re.compile(r"(?<=\S)\s*(?:様|さま|さん|氏|殿|先生|ちゃん|くん|君)\s*$")
_PARTICLES_WORDS = """
    van von der den de del della di da dos du la le el al bin binti ibn st ter ten na
"""
_PARTICLES = frozenset(_PARTICLES_WORDS.split())


@lru_cache(maxsize=65_536)
def person_key(raw: str) -> str:
    """The name in ASCII without titles, honorifics and degrees: "Dr. José Núñez, PhD" -> "jose nunez"."""
    composed = unicodedata.normalize("NFC", raw)
    text = _japanese_honorific.sub("", _bengali_title.sub("", _attached_title.sub("", composed)))
    words = ascii_key(text).split()
    return " ".join(_without_titles(words))


def _without_titles(words: list[str]) -> list[str]:
    start, end = 0, len(words)
    while end - start > 1 and (words[start] in _TITLES or words[start] in _PREFIX_NAMES):
        start += 1
    while end - start > 1 and words[end - 1] in _SUFFIXES:
        end -= 1
    return words[start:end]


def split_name(key: str, *, family_first: bool = False) -> tuple[str, str]:
    """First and last name of a whole name's key; particles belong to the last ("van der merwe")."""
    words = key.split()
    if len(words) < 2:  # noqa: PLR2004
        return (key, "")
    if family_first:
        return " ".join(words[1:]), words[0]
    cut = len(words) - 1
    while cut > 1 and words[cut - 1] in _PARTICLES:
        cut -= 1
    return " ".join(words[:cut]), " ".join(words[cut:])


@lru_cache(maxsize=65_536)
def name_forms(key: str) -> tuple[str, ...]:
    """The names a given name may stand for, itself first: "bob" -> ("bob", "robert")."""
    first = key.partition(" ")[0]
    if not first:
        return ()
    return tuple(dict.fromkeys((first, *_formal_names().get(first, ()))))


@lru_cache(maxsize=65_536)
def is_nickname(raw: str) -> bool:
    """Whether a given name is one of those that stand for no name in particular, as Thai nicknames do."""
    return _attached_title.sub("", raw).strip() in _nicknames()


@lru_cache(maxsize=1)
def _nicknames() -> frozenset[str]:
    lines = files("unify.matching.keys").joinpath("thai_nicknames.txt").read_text("utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())


@lru_cache(maxsize=1)
def _formal_names() -> dict[str, tuple[str, ...]]:
    forms: dict[str, list[str]] = {}
    lines = files("unify.matching.keys").joinpath("nicknames.txt").read_text("utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            formal, _, short = line.partition(":")
            for name in (formal, *short.split()):
                forms.setdefault(name, []).append(formal)
    return {name: tuple(formal) for name, formal in forms.items()}
