"""Several values in one cell, as exports and people write them."""

import re

_between = re.compile(r"\s*(?::::|[;,|\n\r、，；])\s*").split


def split_values(raw: str) -> list[str]:
    """The distinct values of "VIP; Bangkok", "* myContacts ::: Friends" or "a@x.com, b@x.com", in order."""
    values = (value.removeprefix("* ").strip() for value in _between(raw))
    return list(dict.fromkeys(value for value in values if value))
