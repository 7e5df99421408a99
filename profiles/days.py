"""Types of days of the year in what callers say: whole dates, or as much of one as is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import AfterValidator, BeforeValidator, ValidationInfo, WithJsonSchema

from profiles.normalisation.errors import InvalidDate
from profiles.normalisation.partial_dates import KnownDay, as_partial, parse_day

_is_partial = re.compile(r"--(\d\d)(?:-(\d\d))?", re.ASCII).fullmatch
PARTIAL_SHAPE = "^--(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?$"


def read_day(raw: Any, context: Mapping[str, Any]) -> KnownDay:
    """Return a day as far as it is said; raises InvalidDate, or ValueError for what is no text."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return KnownDay()
    if not isinstance(raw, (str, date)):
        raise ValueError(_("Write the date as text, such as 1990-12-31."))
    today = context.get("today") or timezone.localdate()
    return parse_day(raw, str(context.get("region", "TH")), today=today)


def _whole(value: Any, info: ValidationInfo) -> date | None:
    return read_day(value, info.context or {}).date


def _partial(value: str) -> str:
    if not value:
        return ""
    match = _is_partial(value)
    if match is None:
        raise ValueError(_("Write a day without its year as --05-15, or the month alone as --05."))
    return as_partial(int(match[1]), int(match[2]) if match[2] else None)


DayText = Annotated[date | None, BeforeValidator(_whole)]
PartialDay = Annotated[
    str,
    BeforeValidator(lambda value: "" if value is None else value),
    AfterValidator(_partial),
    WithJsonSchema({"type": ["string", "null"], "pattern": PARTIAL_SHAPE, "examples": ["--05-15", "--05"]}),
]


def moved_partials(data: Any, columns: Mapping[str, str], context: Mapping[str, Any]) -> Any:
    """Return the data with days whose year is not said where such days belong.

    A whole date and a part of one never stand beside each other: the date wins, and who says only a part
    takes the date away. ``columns`` maps the names of whole dates to those of partial ones.
    """
    if not isinstance(data, Mapping):
        return data
    moved = dict(data)
    for whole, partial in columns.items():
        if (known := _known(moved.get(whole), context)) is not None:
            moved[whole] = known.date
            if known.partial or known.date:
                moved[partial] = known.partial
        if moved.get(partial):
            moved.setdefault(whole, None)
    return moved


def _known(raw: Any, context: Mapping[str, Any]) -> KnownDay | None:
    """Return a day that was said, or None for what its own field refuses."""
    if not isinstance(raw, (str, date)):
        return None
    try:
        return read_day(raw, context)
    except InvalidDate:
        return None
