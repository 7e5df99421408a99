"""Where two texts differ, letter by letter as people read letters."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher

LONGEST = 120
# Below this likeness marking letters is noise: the values differ as wholes.
LEAST_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, and whether the other text has something else there."""

    text: str
    differs: bool = False


def letters(text: str) -> list[str]:
    """Split a text into letters: marks of Thai, Bengali and accents stay with the letter they stand on."""
    found: list[str] = []
    for char in text:
        joins = unicodedata.category(char).startswith("M") or char == "\u200d"
        if found and (joins or found[-1].endswith("\u200d")):
            found[-1] += char
        else:
            found.append(char)
    return found


def marked(text: str, other: str) -> list[Piece]:
    """Return ``text`` in pieces, those ``other`` does not have marked; one piece when little agrees."""
    if text == other or not text:
        return [Piece(text)]
    if not other or max(len(text), len(other)) > LONGEST:
        return [Piece(text)]
    mine, theirs = letters(text), letters(other)
    matcher = SequenceMatcher(None, [x.casefold() for x in theirs], [x.casefold() for x in mine], False)
    if matcher.ratio() < LEAST_ALIKE:
        return [Piece(text)]
    return [
        Piece("".join(mine[start:end]), kind != "equal")
        for kind, _from, _to, start, end in matcher.get_opcodes()
        if end > start
    ]
