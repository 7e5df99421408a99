"""What pydantic has to say, in the words of our errors."""

from __future__ import annotations

from pydantic import ValidationError

from cdp.errors import FieldErrors

# Parts of a location that name a kind of validation instead of a field.
_KINDS = ("function-", "literal", "constrained", "nullable", "tagged-union")


def field_errors(error: ValidationError) -> FieldErrors:
    """Return pydantic's complaints as {dotted wire name: [messages]}, without the offending values."""
    found: dict[str, list[str]] = {}
    for item in error.errors(include_url=False, include_input=False, include_context=False):
        text = item["msg"].removeprefix("Value error, ")
        if item["type"] == "extra_forbidden":
            text = "Unknown field."
        found.setdefault(_path(item["loc"]) or "_", []).append(text)
    return found


def _path(location: tuple[int | str, ...]) -> str:
    path = ""
    for part in location:
        if isinstance(part, int):
            path += f"[{part}]"
        elif not part.startswith(_KINDS):
            path += f".{part}" if path else part
    return path[:200]
