"""Fields and their values as people know them."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField, DateTimeField, Field
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from profiles.address import ADDRESS_LABELS
from profiles.display import written_phone
from profiles.models import Profile
from profiles.panels.trees import readable
from unify.merging.choices import SurvivorshipRule

_SNAKE = re.compile(r"(?<=[a-z0-9])([A-Z])")
LONGEST_VALUE = 400
# Rules besides those a tenant can choose.
RULES = {
    "chosen": gettext_lazy("chosen by hand"),
    "computed": gettext_lazy("put together anew"),
    "profile2": gettext_lazy("the other's value"),
    "winner": gettext_lazy("the survivor's value"),
    "strictest": gettext_lazy("the strictest wish"),
    "only": gettext_lazy("nobody else knows it"),
    "agreed": "",
    "first": gettext_lazy("known from the beginning"),
    "edited": gettext_lazy("changed by hand"),
    "imported": gettext_lazy("imported"),
}


def column_of(name: str) -> str:
    """Return a field's column: "firstName" is "first_name"; a path keeps its tail."""
    head, dot, tail = name.partition(".")
    column = _SNAKE.sub(r"_\1", head).lower()
    return f"{column}{dot}{tail}"


def label_of(name: str) -> str:
    """Return a field's name for people; "attributes.vip" is called Vip."""
    head, _dot, tail = name.partition(".")
    if head == "address" and tail:
        return str(ADDRESS_LABELS.get(tail) or readable(tail))
    if tail:
        return readable(tail)
    field = _field(name)
    if field is None:
        return readable(name)
    verbose = str(field.verbose_name)
    return verbose[:1].upper() + verbose[1:]


def value_in_words(name: str, value: Any, region: str) -> str:
    """Return a value as people write it; "" for none."""
    if value is None or value == "" or value in ([], {}):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return _cut(", ".join(value_in_words(name, part, region) for part in value))
    if isinstance(value, dict):
        return _cut(
            ", ".join(f"{readable(key)}: {value_in_words(key, part, region)}" for key, part in value.items())
        )
    return _cut(_scalar(name, value, region))


def _scalar(name: str, value: Any, region: str) -> str:
    if name == "phone":
        return written_phone(str(value), region)
    field = _field(name)
    if field is not None and field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, DateTimeField) and isinstance(value, str):
        value = parse_datetime(value) or value
    elif isinstance(field, DateField) and isinstance(value, str):
        value = parse_date(value) or value
    if isinstance(value, datetime):
        return date_format(localtime(value) if is_aware(value) else value, "DATETIME_FORMAT")
    return date_format(value, "DATE_FORMAT") if isinstance(value, date) else str(value)


def rule_words(rule: str, *, is_survivors: bool = True) -> str:
    """Return what decided about a value; "" where nothing had to be decided.

    The survivor's value stands by its rule unless that is none, or only what everybody starts with: then
    another's does, ``is_survivors`` is false, and to call it the survivor's would be wrong.
    """
    if rule == SurvivorshipRule.WINNER and not is_survivors:
        return _("the survivor has no value of its own")
    known = {str(value): label for value, label in SurvivorshipRule.choices} | RULES
    return str(known.get(rule, rule.replace("_", " ")))


def _field(name: str) -> Field[Any, Any] | None:
    try:
        found = Profile._meta.get_field(column_of(name))
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, Field) else None


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
