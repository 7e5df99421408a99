"""What an act changed, field by field, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import formats, timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from cdp.moments import day_in_words
from profiles.address import ADDRESS_LABELS
from profiles.panels import Text
from profiles.panels.trees import readable

LONGEST_VALUE = 300
BEFORE_AND_AFTER = 2
# Changes that tell of colleagues and of other customers by their ids.
COLLEAGUES: dict[str, Text] = {"owner": _("Agent"), "owner_id": _("Agent"), "agent_id": _("Agent")}
CUSTOMERS: dict[str, Text] = {
    "merged": _("Merged"),
    "merged_into": _("Merged"),
    "relative_id": _("Customer"),
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after."""

    label: Text
    before: str
    after: str


def is_told(name: str, model: type[models.Model]) -> bool:
    """Whether a change says anything to people: the id of another row does not, unless it gets a name."""
    field = _field(name, model)
    return name in COLLEAGUES or name in CUSTOMERS or field is None or not field.is_relation


def field_change(name: str, pair: Any, model: type[models.Model]) -> FieldChange:
    """Return a field of a model before and after."""
    is_pair = isinstance(pair, list) and len(pair) == BEFORE_AND_AFTER
    before, after = pair if is_pair else (None, pair)
    label = COLLEAGUES.get(name) or CUSTOMERS.get(name)
    if label or (label := _part_label(name)):
        return FieldChange(label, _words(before), _words(after))
    field = _field(name, model)
    if field is None:
        return FieldChange(readable(name), _words(before), _words(after))
    labels = dict(field.flatchoices)
    if isinstance(field, models.DateTimeField):
        before, after = _moment(before), _moment(after)
    return FieldChange(field.verbose_name, _words(before, labels), _words(after, labels))


def _part_label(name: str) -> Any:
    """Return what a part of a tree is called: "address.city" is the city, "attributes.vip" Vip."""
    head, _dot, part = name.partition(".")
    if not part:
        return ""
    return ADDRESS_LABELS.get(part, readable(part)) if head == "address" else readable(part)


def _field(name: str, model: type[models.Model]) -> Any:
    """Return the column called ``name``, if the model has one."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) else None


def _moment(value: Any) -> Any:
    """Return a stored moment as people write it, by the company's clock."""
    at = parse_datetime(value) if isinstance(value, str) else None
    if not isinstance(at, datetime):
        return value
    return formats.date_format(timezone.localtime(at) if timezone.is_aware(at) else at, "DATETIME_FORMAT")


def _words(value: Any, labels: dict[Any, Any] | None = None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, str):
        value = (labels or {}).get(value) or day_in_words(value)
    elif isinstance(value, dict):
        value = ", ".join(f"{readable(str(key))}: {_words(part)}" for key, part in value.items())
    elif isinstance(value, list):
        value = ", ".join(_words(part) for part in value)
    text = str(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
