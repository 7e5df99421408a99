"""Headings of columns in one comparable form."""

import re
import unicodedata
from functools import cache

_camel = re.compile(
    r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z](?!s\b)[a-z])|(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])"
)
_email = re.compile(r"\b(e mail|mail address|email address|email addr)\b")


@cache
def _is_word_character(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"


def normalise_heading(heading: str) -> str:
    """Lower-case words with single spaces: "E-mail 1 - Value" and "eMail1Value" are "email 1 value"."""
    # NFKC takes the Thai vowel am apart, and nobody types it so.
    text = unicodedata.normalize("NFKC", heading).replace("\u0e4d\u0e32", "\u0e33")
    text = _camel.sub(" ", text.removesuffix("__c")).casefold()
    text = "".join(character if _is_word_character(character) else " " for character in text)
    return " ".join(_email.sub("email", " ".join(text.split())).split())
