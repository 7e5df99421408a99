"""How parts of a customer are written for people."""

from __future__ import annotations

import unicodedata
import zlib
from datetime import date
from functools import lru_cache

import phonenumbers
from django.utils.formats import date_format
from django.utils.translation import get_language_info

# Scripts whose names are abbreviated by the first letter of the first and of the last word.
ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN")
# Thai and Lao write these vowels in front of the consonant they are spoken after.
LEADING_VOWELS = frozenset("เแโใไເແໂໃໄ")
HUES = 8
# Words in front of a name that are no part of it.
TITLES = frozenset(
    [
        *("คุณ", "นาย", "นาง", "นางสาว", "น.ส.", "ด.ช.", "ด.ญ.", "ดร.", "জনাব", "ডা.", "ড."),
        *("khun", "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "madam"),
    ]
)
JOINS_CONSONANTS = 9  # canonical combining class of viramas


def initials(name: str) -> str:
    """Return one or two letters that stand for the name, or "" when it has no letters.

    Titles (คุณ, Dr.) do not count, unless there is nothing else.
    Marks stay with their letter (Bengali), a Thai vowel written in front is skipped, and scripts
    without capital letters give one character, because two would already be a syllable or a name.
    """
    said = name.split()
    named = [
        word for word in said if word.casefold() not in TITLES and word.casefold().rstrip(".") not in TITLES
    ]
    words = [letters for word in named or said if (letters := _first_letters(word))]
    if not words:
        return ""
    if unicodedata.name(words[0][0], "").startswith(ALPHABETS):
        others = [word for word in words[1:] if unicodedata.name(word[0], "").startswith(ALPHABETS)]
        return (words[0][0] + (others[-1][0] if others else "")).upper()
    return words[0]


def _first_letters(word: str) -> str:
    start = next((i for i, char in enumerate(word) if char.isalpha() and char not in LEADING_VOWELS), None)
    if start is None:
        return ""
    if unicodedata.name(word[start], "").startswith(("THAI", "LAO")):
        return word[start]
    end = start + 1
    while end < len(word) and unicodedata.category(word[end]).startswith("M"):
        end += 1
    # A sign that joins two consonants means nothing behind the last one.
    while unicodedata.combining(word[end - 1]) == JOINS_CONSONANTS:
        end -= 1
    return unicodedata.normalize("NFC", word[start:end])


def hue_of(key: object) -> int:
    """Return one of eight colours, always the same for the same customer."""
    return zlib.crc32(str(key).encode()) % HUES


@lru_cache(maxsize=4096)
def written_phone(number: str, region: str) -> str:
    """Return an E.164 number the way people in ``region`` write it; anything else as it is."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    is_domestic = parsed.country_code == phonenumbers.country_code_for_region(region)
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if is_domestic
        else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(parsed, style)


def written_day(whole: date | None, partial: str) -> str:
    """Return a day as people write it, with as much of it as is known: "15 May", "May"."""
    if whole is not None:
        return date_format(whole, "DATE_FORMAT")
    if not partial:
        return ""
    month, _dash, day = partial.removeprefix("--").partition("-")
    # A leap year, so that 29 February is a day of it.
    shown = date(2024, int(month), int(day or 1))
    return date_format(shown, "MONTH_DAY_FORMAT" if day else "F")


def language_in_words(code: str) -> str:
    """Return what a language is called in the reader's own; of one nobody knows its code."""
    try:
        return str(get_language_info(code.lower())["name_translated"])
    except KeyError:
        return code
