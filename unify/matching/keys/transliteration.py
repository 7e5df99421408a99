"""Any script to lower-case ASCII, so that DuckDB (bytes) and jellyfish (characters) see the same letters.

The sounds come from Unicode's own character names where these tell them (kana, hangul, the scripts of India),
from short tables otherwise. Ideographs have no sound of their own: each becomes a code, so that equal names
stay equal and different names different; a Japanese name is compared by sound when its reading is given.
"""

import re
import unicodedata
from functools import lru_cache

from unify.matching.keys.scripts import (
    INDIC_CONSONANTS,
    INDIC_SCRIPTS,
    INDIC_VOWELS,
    KANA,
    KANA_PALATAL,
    LETTERS,
)

_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"
_INHERENT = "\u0001"  # the vowel an Indic consonant carries until a sign says otherwise
_VIRAMA = "\u0002"
_NUKTA = "\u0003"
_VOWEL_SIGN = "\u0004"
_SMALL = "\u0005"
_no_vowel_yet = re.compile(f"{_INHERENT}(?=[{_VIRAMA}{_VOWEL_SIGN}])|[{_VIRAMA}{_VOWEL_SIGN}]")
_final_vowel = re.compile(f"({_VIRAMA})?([a-z]+){_INHERENT}$")
_any_vowel = re.compile("[aeiou]").search
_thai_preposed = re.compile(r"([เแโใไ])([ก-ฮ])")
_thai_silent = re.compile(r"[ก-ฮ][ิุ]?์")
_thai_marks = re.compile(r"[่้๊๋็ฺ์ํ]")
_is_ascii_text = re.compile(r"[a-z0-9 ]*").fullmatch
_not_a_letter = re.compile(r"[^a-z0-9]+")
_apostrophe = re.compile(r"(?<=\w)['’`´ʼ](?=\w)")
_long_vowel = re.compile(r"o[ou]|uu")
_is_kana = re.compile(r"[\u3040-\u30ff]").search
_NUKTA_SOUNDS = {"d": "r", "dh": "r", "y": "y", "j": "z", "ph": "f"}


def ascii_key(text: str) -> str:
    """Lower-case ASCII letters and digits in words with single spaces; "" when nothing legible is left."""
    folded = text.casefold()
    if _is_ascii_text(folded):
        return " ".join(folded.split())
    folded = _apostrophe.sub("", unicodedata.normalize("NFKC", folded).casefold())
    if not folded.isascii():
        folded = _transliterate(folded)
    return _not_a_letter.sub(" ", folded).strip()


def _transliterate(text: str) -> str:
    text = _thai_marks.sub("", _thai_preposed.sub(r"\2\1", _thai_silent.sub("", text)))
    return " ".join(_word(word) for word in text.split())


@lru_cache(maxsize=65_536)
def _word(word: str) -> str:
    sounds = _join("".join(map(_sound, word)))
    return _long_vowel.sub(lambda match: match[0][0], sounds) if _is_kana(word) else sounds


def _join(sounds: str) -> str:
    """Settle the inherent vowels: none before a vowel sign, none at the end after a lone consonant."""
    if _NUKTA in sounds:
        sounds = re.sub(f"([a-z]{{1,2}}){_INHERENT}{_NUKTA}", _with_nukta, sounds)
    if _INHERENT not in sounds:
        return _palatals(sounds)
    if sounds.count(_INHERENT) > 1 or _any_vowel(sounds):
        sounds = _final_vowel.sub(_without_final_vowel, sounds)
    return _no_vowel_yet.sub("", sounds).replace(_INHERENT, "a")


def _without_final_vowel(match: re.Match[str]) -> str:
    return match[0] if match[1] else match[2]


def _with_nukta(match: re.Match[str]) -> str:
    return _NUKTA_SOUNDS.get(match[1], match[1]) + _INHERENT


def _palatals(sounds: str) -> str:
    """きゃ is written ki + small ya and said kya; a small tu only doubles what follows."""
    if _SMALL not in sounds:
        return sounds
    sounds = re.sub(f"(shi|chi|ji){_SMALL}y", lambda match: KANA_PALATAL[match[1]], sounds)
    return re.sub(f"i{_SMALL}(?=y)|{_SMALL}", "", sounds)


@lru_cache(maxsize=65_536)
def _sound(character: str) -> str:
    if character.isascii():
        return character
    if letter := LETTERS.get(character):
        return letter
    if unicodedata.category(character) == "Nd":
        return str(unicodedata.decimal(character))
    return _sound_by_name(character, unicodedata.name(character, ""))


def _sound_by_name(character: str, name: str) -> str:  # noqa: PLR0911 - one per kind of script
    script, _, rest = name.partition(" ")
    if script in {"HIRAGANA", "KATAKANA"}:
        return _kana(rest)
    if name.startswith("HANGUL SYLLABLE "):
        return name.rpartition(" ")[2].lower()
    if script in INDIC_SCRIPTS:
        return _indic(rest)
    base = unicodedata.normalize("NFKD", character)[0]
    if base != character:
        return _sound(base)
    if "IDEOGRAPH" in name:
        return _code(ord(character))
    if unicodedata.category(character) in {"Lo", "Ll", "Lu", "Lt"}:
        return name.rpartition(" ")[2][:1].lower()
    return "" if unicodedata.category(character)[0] in "LMC" else " "


def _kana(rest: str) -> str:
    if not rest.startswith("LETTER "):
        return ""
    sound = rest.removeprefix("LETTER ")
    if sound.startswith("SMALL "):
        small = sound.removeprefix("SMALL ").lower()
        return "" if small == "tu" else f"{_SMALL}{small}"
    return KANA.get(sound.lower(), sound.lower())


def _indic(rest: str) -> str:  # noqa: PLR0911 - one per kind of sign
    if rest.startswith("VOWEL SIGN "):
        return _VOWEL_SIGN + INDIC_VOWELS.get(rest.removeprefix("VOWEL SIGN "), "")
    if rest == "SIGN VIRAMA":
        return _VIRAMA
    if rest == "SIGN NUKTA":
        return _NUKTA
    if rest == "SIGN ANUSVARA":
        return "n"
    if not rest.startswith("LETTER "):
        return ""
    letter = rest.removeprefix("LETTER ")
    if vowel := INDIC_VOWELS.get(letter):
        return vowel
    return INDIC_CONSONANTS.get(letter, letter.lower().removesuffix("a")) + _INHERENT


def _code(point: int) -> str:
    digits = ""
    while point:
        point, digit = divmod(point, 36)
        digits = _BASE36[digit] + digits
    return digits
