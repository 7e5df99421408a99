"""How hard a text is to read: the Flesch-Kincaid grade (Kincaid et al., 1975), for English.

grade = 0.39 * words / sentences + 11.8 * syllables / words - 15.59
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?]+(?:\s|$)|\n+")
_VOWELS = re.compile(r"[aeiouy]+")
_LETTER = re.compile(r"[^\W\d_]")
FEWEST_WORDS = 5
# Below this share of Latin letters a text is in another language.
LEAST_LATIN = 0.8


def reading_grade(text: str) -> float | None:
    """Return the school year a reader needs; None when the text is too short or not in Latin letters."""
    words = _WORD.findall(text)
    letters = _LETTER.findall(text)
    if len(words) < FEWEST_WORDS:
        return None
    if sum(letter.isascii() for letter in letters) < LEAST_LATIN * len(letters):
        return None
    sentences = max(sum(1 for part in _SENTENCE_END.split(text) if _WORD.search(part)), 1)
    syllables = sum(map(syllables_of, words))
    return round(0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59, 1)


def syllables_of(word: str) -> int:
    """Return about how many syllables an English word has: groups of vowels, a silent e left out."""
    lower = re.sub(r"[^a-z]", "", word.lower())
    count = len(_VOWELS.findall(lower))
    is_silent = lower.endswith("e") and not lower.endswith(("le", "ee")) and count > 1
    return max(count - is_silent, 1)
