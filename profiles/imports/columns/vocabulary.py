"""What people call the columns of their customer files; the words themselves are in headings.toml."""

import tomllib
from pathlib import Path

from profiles.imports.columns.headings import normalise_heading

_WORDS = tomllib.loads(Path(__file__).with_name("headings.toml").read_text(encoding="utf-8"))
_CERTAIN, _LIKELY = 1.0, 0.75

HEADINGS: dict[str, tuple[str, float]] = {
    normalise_heading(word): (field, confidence)
    for part, confidence in (("likely", _LIKELY), ("certain", _CERTAIN))
    for field, words in _WORDS[part].items()
    for word in words
}
"""Heading -> its field and the confidence."""

JUST_NAME = frozenset(map(normalise_heading, _WORDS["special"]["just_name"]))
ATTRIBUTE_HEADINGS = frozenset(_WORDS["special"]["attributes"])
MISLEADING = frozenset(_WORDS["special"]["misleading"])
CONTAINED: dict[str, list[str]] = _WORDS["contained"]
QUALIFIERS: dict[str, float] = _WORDS["qualifiers"]
COMPANY_QUALIFIERS = frozenset({"company", "organization", "account"})
"""With one of these an id, a name or a type is the company's, not the customer's."""
