"""What the values of a column look like."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from profiles.normalisation.dates import parse_birth_date
from profiles.normalisation.errors import InvalidDate

_GENDER_WORDS = "m f male female man woman ชาย หญิง পুরুষ মহিলা 男 女 男性 女性 männlich weiblich hombre mujer"
_GENDERS = frozenset(_GENDER_WORDS.split())
_is_email = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+").fullmatch
_is_phone = re.compile(r"[+(]?\d(?:[\s().\-/]?\d){6,14}(?:\s?(?:x|ext\.?)\s?\d+)?", re.IGNORECASE).fullmatch
_is_url = re.compile(r"(?:https?://|www\.)\S+\.\S+", re.IGNORECASE).fullmatch
# Ids of this system are of version 7, those of others hardly ever.
_is_own_id = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}").fullmatch
_FEWEST_DIGITS = 5
_SMALL = 1_000
_HARDLY_ANY = 0.2
_LAST_DAY = date(9999, 12, 31)


def _looks_like_phone(value: str) -> bool:
    is_dialled = not value.isdecimal() or int(value[0]) == 0
    return bool(_is_phone(value)) and is_dialled and not _looks_like_date(value)


def _looks_like_date(value: str) -> bool:
    try:
        parse_birth_date(value, "", today=_LAST_DAY)
    except InvalidDate as error:
        return error.code == "too_old"
    return True


KINDS: dict[str, Callable[[str], bool]] = {
    "email": lambda value: bool(_is_email(value)),
    "phone": _looks_like_phone,
    "date_of_birth": _looks_like_date,
    "website": lambda value: bool(_is_url(value)),
    "gender": lambda value: value.casefold() in _GENDERS,
}


def share(values: Sequence[str], kind: str) -> float:
    """The part of the values that look like the kind, 0 to 1."""
    return sum(map(KINDS[kind], values)) / len(values) if values else 0.0


def likely_kind(values: Sequence[str], *, at_least: float) -> tuple[str, float]:
    """The kind that most values look like, and their share, or ("", 0.0)."""
    kind, part = max(((kind, share(values, kind)) for kind in KINDS), key=lambda scored: scored[1])
    return (kind, part) if part >= at_least else ("", 0.0)


def denies(values: Sequence[str], target: str) -> bool:
    """Whether hardly any value can be what its heading promises; never on too few values."""
    if target not in {"email", "phone", "date_of_birth"} or not values:
        return False
    fitting = sum(map(_could_be_phone, values)) / len(values) if target == "phone" else share(values, target)
    return fitting < _HARDLY_ANY


def are_own_ids(values: Sequence[str]) -> bool:
    """Whether most values may be ids of customers here; no values may be."""
    return 2 * sum(bool(_is_own_id(value.casefold())) for value in values) >= len(values)


def are_running_numbers(values: Sequence[str]) -> bool:
    """Whether the values number the rows: 1, 2, 3 …, or on from where another part of the list has ended.

    Ids may look so in a young system, but there is no telling, and the next list begins at 1 again.
    """
    if not values or not all(value.isdecimal() and (value[0] != "0" or value == "0") for value in values):
        return False
    numbers = [int(value) for value in values]
    return numbers[0] < _SMALL and all(later == number + 1 for number, later in pairwise(numbers))


def _could_be_phone(value: str) -> bool:
    return sum(character.isdecimal() for character in value) >= _FEWEST_DIGITS
