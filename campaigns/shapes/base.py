"""JSON columns with a known shape: what we know is checked, what we do not know is kept under ``extra``."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from django.utils.translation import gettext
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    PlainSerializer,
    model_validator,
)
from pydantic.alias_generators import to_camel

LARGEST_EXTRA = 64 * 1024
DEEPEST = 16
LONGEST_TEXT, LONGEST_LIST = 4000, 200


def refuse_unstorable(value: str) -> str:
    """Refuse text PostgreSQL cannot store: null characters, halves of surrogate pairs."""
    if "\x00" in value:
        raise ValueError(gettext("Null characters are not allowed."))
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise ValueError(gettext("The text holds half of a surrogate pair."))
    return value


def _clean(value: str) -> str:
    return refuse_unstorable(value).strip()


def _once(values: list[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def _as_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


# Stored as a JSON number, so that SQL compares it as one: 15 digits pass through a double unchanged.
Amount = Annotated[
    Decimal, PlainSerializer(_as_number, return_type=int | float, when_used="json-unless-none")
]
Text = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_clean)]
Word = Annotated[str, Field(max_length=120), AfterValidator(_clean)]
Texts = Annotated[list[Text], Field(max_length=LONGEST_LIST), AfterValidator(_once)]
Words = Annotated[list[Word], Field(max_length=LONGEST_LIST), AfterValidator(_once)]


class Shape(BaseModel):
    """A part of a JSON column; camelCase inside, unknown keys moved to ``extra``."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True)

    extra: dict[str, JsonValue] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _keep_unknown(cls, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        known = {field.alias or name for name, field in cls.model_fields.items()} | set(cls.model_fields)
        unknown = {name: value for name, value in data.items() if name not in known}
        if not unknown:
            return data
        kept = data.get("extra")
        if kept is not None and not isinstance(kept, Mapping):
            raise ValueError(gettext("`extra` is an object."))
        rest = {name: value for name, value in data.items() if name in known}
        return {**rest, "extra": {**(kept or {}), **unknown}}

    @model_validator(mode="after")
    def _check_extra(self) -> Any:
        check_json(self.extra)
        return self

    def as_json(self) -> dict[str, Any]:
        """Return what was said, as it is stored: nothing that is empty by default."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def check_json(value: Any) -> None:
    """Refuse free JSON that is too large, too deep, or holds what cannot be stored."""
    _check_depth(value, 0)
    if len(json.dumps(value, ensure_ascii=False, default=str)) > LARGEST_EXTRA:
        raise ValueError(
            gettext("Unknown keys may hold %(most)s characters at most.") % {"most": LARGEST_EXTRA}
        )


def _check_depth(value: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise ValueError(gettext("This is nested deeper than %(most)s levels.") % {"most": DEEPEST})
    if isinstance(value, str):
        refuse_unstorable(value)
    elif isinstance(value, float) and not math.isfinite(value):
        # Python reads NaN and 1e400 where JSON has no such numbers, and no JSON column takes them.
        raise ValueError(gettext("Use a number."))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            refuse_unstorable(str(key))
            _check_depth(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _check_depth(item, depth + 1)
