"""The form of a rule: rows of conditions that grow, with or without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from cdm.automation.fields import BY_KEY, FIELDS, OPERATORS, Field, Kind
from cdm.automation.rules import MOST_CONDITIONS
from cdm.models import AutomationRule
from cdp.errors import DomainError
from profiles.models import Segment, Tag

_ROW = re.compile(r"(?:conditions\.)?all\[(\d+)\]").match
Options = Sequence[tuple[str, Any]]


@dataclass(slots=True)
class Row:
    """One condition as it is typed."""

    number: int
    field: str = ""
    operator: str = ""
    value: str = ""
    error: str = ""

    @property
    def asked(self) -> Field | None:
        return BY_KEY.get(self.field)

    @property
    def operators(self) -> Options:
        """What may be said of the field; of none yet, nothing."""
        return [(key, OPERATORS[key]) for key in self.asked.operators] if self.asked else []

    @property
    def choices(self) -> Options:
        """Values to choose from; empty where one is typed."""
        asked = self.asked
        if asked is None:
            return []
        if asked.kind == Kind.TAG:
            return _named(Tag)
        if asked.kind == Kind.SEGMENT:
            return _named(Segment)
        return asked.choices

    @property
    def takes_number(self) -> bool:
        return self.asked is not None and self.asked.takes_number

    @property
    def takes_nothing(self) -> bool:
        return self.operator == "never"

    def as_data(self) -> dict[str, Any]:
        """Return the condition; the first operator stands for one that does not go with the field."""
        known = [key for key, _label in self.operators]
        operator = self.operator if self.operator in known or not known else known[0]
        value: Any = None if operator == "never" else _typed(self.value) if self.takes_number else self.value
        return {"field": self.field, "operator": operator, "value": value}


@dataclass(slots=True)
class Draft:
    """A rule as it is typed, with what is wrong with it."""

    name: str = ""
    is_active: bool = True
    rows: list[Row] = field(default_factory=list)
    offer: str = ""
    boost: str = ""
    task_title: str = ""
    task_kind: str = "call"
    task_days: str = "0"
    webhook: str = ""
    version: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def shown_rows(self) -> list[Row]:
        """The rows and an empty one, as long as there is room."""
        rows = list(self.rows)
        if len(rows) < MOST_CONDITIONS:
            rows.append(Row(len(rows)))
        return rows

    @property
    def conditions(self) -> dict[str, Any]:
        return {"all": [row.as_data() for row in self.rows]}

    def as_data(self) -> dict[str, Any]:
        """Return the rule for `RuleRecord.parse`."""
        actions: dict[str, Any] = {
            "offer": self.offer or None,
            "boost": _typed(self.boost),
            "webhook": self.webhook or None,
        }
        if self.task_title:
            actions["task"] = {
                "title": self.task_title,
                "kind": self.task_kind,
                "due_days": _typed(self.task_days) or 0,
            }
        return {
            "name": self.name,
            "is_active": self.is_active,
            "conditions": self.conditions,
            "actions": {key: value for key, value in actions.items() if value is not None},
        }

    def refuse(self, error: DomainError) -> None:
        """Put what is wrong where it was typed."""
        if not error.fields:
            self.errors["general"] = error.detail
        for name, texts in error.fields.items():
            found = _ROW(name)
            if found and int(found[1]) < len(self.rows):
                self.rows[int(found[1])].error = texts[0]
            else:
                self.errors[_PLACES.get(name, name.partition(".")[0])] = texts[0]


_PLACES = {
    "actions.boost": "boost",
    "actions.webhook": "webhook",
    "actions.offer": "offer",
    "actions.task.title": "task_title",
    "actions.task.dueDays": "task_days",
    "actions.task.due_days": "task_days",
}


def typed(data: QueryDict) -> Draft:
    """Return what was typed into the form; rows without a field are left out."""
    rows = [
        Row(number, *(data.get(f"c{number}-{part}", "").strip() for part in ("field", "operator", "value")))
        for number in range(MOST_CONDITIONS)
    ]
    kept = [row for row in rows if row.field]
    for number, row in enumerate(kept):
        row.number = number
    draft = Draft(is_active="is_active" in data, rows=kept)
    for name in ("name", "offer", "boost", "task_title", "task_kind", "task_days", "webhook", "version"):
        setattr(draft, name, data.get(name, "").strip())
    return draft


def draft_of(rule: AutomationRule) -> Draft:
    """Return a stored rule as it would be typed."""
    actions: Mapping[str, Any] = rule.actions
    task: Mapping[str, Any] = actions.get("task", {})
    return Draft(
        name=rule.name,
        is_active=rule.is_active,
        rows=[
            Row(number, one["field"], one["operator"], "" if one.get("value") is None else str(one["value"]))
            for number, one in enumerate(rule.conditions.get("all", []))
        ],
        offer=actions.get("offer", ""),
        boost=str(actions.get("boost", "")),
        task_title=task.get("title", ""),
        task_kind=task.get("kind", "call"),
        task_days=str(task.get("due_days", 0)),
        webhook=actions.get("webhook", ""),
        version=str(rule.version),
    )


def grouped_fields() -> list[tuple[str, list[Field]]]:
    """Return what can be asked about, by group."""
    groups: dict[str, list[Field]] = {}
    for one in FIELDS:
        groups.setdefault(str(one.group), []).append(one)
    return list(groups.items())


def _named(model: Any) -> Options:
    return [(str(pk), name) for pk, name in model.objects.values_list("pk", "name")[:500]]


def _typed(text: str) -> Any:
    """A number where it is one; what is none is judged, and refused, by the record."""
    text = text.strip().replace(" ", "")
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return int(text[:15])
    return text
