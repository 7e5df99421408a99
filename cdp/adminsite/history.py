"""What happened to one object, from the audit trail."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cdp.adminsite.verbs import verb_in_words
from cdp.models import AuditEntry
from cdp.moments import day_in_words

SHOWN_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Change:
    """One field, before and after, as text."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One audit entry, or what else tells of a change, as people read it."""

    at: datetime
    who: str
    about: str
    address: str
    kind: str
    what: str
    changes: list[Change]
    request_id: str
    note: str = ""
    name: str = ""


def lines_of(entries: Collection[AuditEntry]) -> list[Line]:
    """Describe entries about any objects, with the names of those that are still there."""
    names: dict[Any, str] = {}
    for kind, told in groupby(sorted(entries, key=_kind), _kind):
        if (model := _model(kind)) is not None:
            found = model._default_manager.filter(pk__in={entry.object_id for entry in told})
            names |= {row.pk: str(row) for row in found}
    return [replace(line_of(entry, None), name=names.get(entry.object_id, "")) for entry in entries]


def _kind(entry: AuditEntry) -> str:
    return entry.object_type


def line_of(entry: AuditEntry, model: type[models.Model] | None) -> Line:
    """Describe an entry; ``model``, else the kind of object, gives the fields their labels."""
    model = model or _model(entry.object_type)
    return Line(
        at=entry.at,
        who=entry.actor_label,
        about=object_in_words(entry.object_type),
        address=history_address(entry),
        kind=entry.get_actor_kind_display(),
        what=verb_in_words(entry.verb),
        changes=changes_in_words(entry.changes, model),
        request_id=entry.request_id,
    )


def changes_in_words(changes: Mapping[str, Any], model: type[models.Model] | None) -> list[Change]:
    """Return the fields of ``{field: [before, after]}`` by their labels."""
    return [_change(name, pair, model) for name, pair in changes.items()]


def object_in_words(object_type: str) -> str:
    """Return the name people know a kind of object by."""
    model = _model(object_type)
    return str(capfirst(model._meta.verbose_name)) if model else object_type


def _model(object_type: str) -> type[models.Model] | None:
    try:
        return apps.get_model(object_type)
    except (LookupError, ValueError):
        return None


def history_address(entry: AuditEntry) -> str:
    """Return the address of the object's history, or nothing when it has none."""
    name = entry.object_type.replace(".", "_")
    try:
        return reverse(f"admin:{name}_history", args=[entry.object_id])
    except NoReverseMatch:
        return ""


def _change(name: str, pair: Any, model: type[models.Model] | None) -> Change:
    before, after = pair if isinstance(pair, list) and len(pair) == 2 else (None, pair)  # noqa: PLR2004
    field = _field(name, model)
    label = str(capfirst(getattr(field, "verbose_name", None) or name.replace("_", " ")))
    return Change(label, _text(_chosen(before, field)), _text(_chosen(after, field)))


def _field(name: str, model: type[models.Model] | None) -> Any:
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def _chosen(value: Any, field: Any) -> Any:
    """Return what one of a closed set of values is called on pages."""
    choices = dict(getattr(field, "flatchoices", None) or ())
    return str(choices[value]) if isinstance(value, str) and value in choices else value


def _text(value: Any) -> str:
    if value in (None, "", [], {}):
        return ""
    text = _in_words(value)
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, list):
        return ", ".join(_in_words(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_in_words(item)}" for key, item in value.items())
    return day_in_words(str(value))
