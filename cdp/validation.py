"""What pydantic has to say, in the words of our errors and in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from pydantic import ValidationError

from cdp.errors import FieldErrors

# Parts of a location that name a kind of validation instead of a field; "[key]" is a mapping's own.
_KINDS = ("function-", "literal", "constrained", "nullable", "tagged-union", "[key]")
_quoted = re.compile(r"'([^']*)'").findall

_NUMBER = gettext_lazy("Write a number.")
_WHOLE = gettext_lazy("Write a whole number.")
_DAY = gettext_lazy("Write the day like 2026-01-31.")
_TIME = gettext_lazy("Write the time like 2026-01-31T08:30:00Z.")
_ID = gettext_lazy("Write an id such as 0190a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b.")
_YES_OR_NO = gettext_lazy("Use true or false.")
_LIST = gettext_lazy("Send a list.")
_OBJECT = gettext_lazy("Send an object.")
_MISSING = gettext_lazy("This is required.")
WORDS: Mapping[str, Any] = {
    "missing": _MISSING,
    "union_tag_not_found": _MISSING,
    "extra_forbidden": gettext_lazy("Unknown field."),
    "string_type": gettext_lazy("Write text."),
    "string_pattern_mismatch": gettext_lazy("This is not written as it has to be: see %(pattern)s."),
    "none_required": gettext_lazy("Leave this empty."),
    "greater_than": gettext_lazy("Write a number greater than %(gt)s."),
    "greater_than_equal": gettext_lazy("Write a number greater than or equal to %(ge)s."),
    "less_than": gettext_lazy("Write a number less than %(lt)s."),
    "less_than_equal": gettext_lazy("Write a number less than or equal to %(le)s."),
    "multiple_of": gettext_lazy("Write a multiple of %(multiple_of)s."),
    "timezone_aware": gettext_lazy("Add the time zone, as in 2026-01-31T08:30:00Z."),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float", "int_parsing_size"), _WHOLE),
    **dict.fromkeys(("float_type", "float_parsing", "finite_number"), _NUMBER),
    **dict.fromkeys(("decimal_type", "decimal_parsing"), _NUMBER),
    **dict.fromkeys(("bool_type", "bool_parsing"), _YES_OR_NO),
    **dict.fromkeys(("uuid_type", "uuid_parsing", "uuid_version"), _ID),
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing"), _DAY),
    "date_from_datetime_inexact": _DAY,
    **dict.fromkeys(("datetime_type", "datetime_parsing", "datetime_from_date_parsing"), _TIME),
    "datetime_object_invalid": _TIME,
    "list_type": _LIST,
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), _OBJECT),
}


def _shortest(limit: int) -> str:
    if limit == 1:
        return _("Fill this in.")
    return ngettext("Write at least %(limit)s character.", "Write at least %(limit)s characters.", limit)


def _longest(limit: int) -> str:
    return ngettext("Write at most %(limit)s character.", "Write at most %(limit)s characters.", limit)


def _fewest(limit: int) -> str:
    return ngettext("Give at least %(limit)s entry.", "Give at least %(limit)s entries.", limit)


def _most(limit: int) -> str:
    return ngettext("Give at most %(limit)s entry.", "Give at most %(limit)s entries.", limit)


def _digits(limit: int) -> str:
    return ngettext("Write at most %(limit)s digit.", "Write at most %(limit)s digits.", limit)


def _whole_digits(limit: int) -> str:
    return ngettext(
        "Write at most %(limit)s digit before the decimal point.",
        "Write at most %(limit)s digits before the decimal point.",
        limit,
    )


def _places(limit: int) -> str:
    return ngettext(
        "Write at most %(limit)s decimal place.", "Write at most %(limit)s decimal places.", limit
    )


# By kind: where the limit stands, and what is said of it.
LIMITS: Mapping[str, tuple[str, Callable[[int], str]]] = {
    "string_too_short": ("min_length", _shortest),
    "string_too_long": ("max_length", _longest),
    "too_short": ("min_length", _fewest),
    "too_long": ("max_length", _most),
    "decimal_max_digits": ("max_digits", _digits),
    "decimal_whole_digits": ("whole_digits", _whole_digits),
    "decimal_max_places": ("decimal_places", _places),
}
_OF_TEXT = {"too_short": "string_too_short", "too_long": "string_too_long"}
# By kind: where the values stand that may be given.
_CHOICES = {"literal_error": "expected", "enum": "expected", "union_tag_invalid": "expected_tags"}


def field_errors(error: ValidationError) -> FieldErrors:
    """Return pydantic's complaints as {dotted wire name: [messages]}, without the offending values."""
    found: dict[str, list[str]] = {}
    for item in error.errors(include_url=False):
        kind = item["type"]
        if isinstance(item["input"], str):
            # Where something is done to a text first, its length is told like that of a list.
            kind = _OF_TEXT.get(kind, kind)
        text = _text(kind, item.get("ctx", {})) or item["msg"].removeprefix("Value error, ")
        found.setdefault(_path(item["loc"]) or "_", []).append(text)
    return found


def _text(kind: str, context: Mapping[str, Any]) -> str:
    """Return a complaint in the reader's language; "" for a kind without words of ours."""
    if kind in WORDS:
        return str(WORDS[kind]) % context
    if kind in LIMITS:
        key, words = LIMITS[kind]
        return words(context[key]) % {"limit": context[key]}
    if (said := getattr(context.get("error"), "words", None)) is not None:
        return str(said())
    keys = _quoted(str(context.get(_CHOICES.get(kind, ""), "")))
    return _("Use one of: %(keys)s.") % {"keys": ", ".join(keys)} if keys else ""


def _path(location: tuple[int | str, ...]) -> str:
    path = ""
    for part in location:
        if isinstance(part, int):
            path += f"[{part}]"
        elif part and not part.startswith(_KINDS):
            path += f".{part}" if path else part
    return path[:200]
