"""A customer's values as flat paths: the unit in which merges decide, and edits are told.

A path is a column's name, or for the JSON columns the column and a key: ``attributes.vip``. Values are in
the form JSON has them, so that what is stored with a merge compares equal to what is in the row.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.db import models
from pydantic.alias_generators import to_camel, to_snake

from profiles.models import Profile

Values = dict[str, Any]

# What is no statement about the customer: kept by the system, or decided by merging as a whole.
SYSTEM = frozenset(
    {
        *("id", "tenant", "created_at", "updated_at", "created_by", "updated_by", "version", "deleted_at"),
        *("status", "merged_into", "merged_from", "merged_at", "last_synced_at", "last_activity_at"),
        *("provenance", "search_text", "birth_key", "anniversary_key"),
    }
)
_FIELDS = {field.name: field for field in Profile._meta.concrete_fields if field.name not in SYSTEM}
COLUMNS: tuple[str, ...] = tuple(_FIELDS)
TREES = frozenset(name for name, field in _FIELDS.items() if isinstance(field, models.JSONField))
_DATES = frozenset(name for name, field in _FIELDS.items() if isinstance(field, models.DateField))


class _Gone:
    """Stands for a key that is not there."""

    def __repr__(self) -> str:
        return "GONE"


GONE: Final = _Gone()


def values_of(profile: Profile) -> Values:
    """Return the customer's values by path."""
    values: Values = {}
    for column in COLUMNS:
        value = getattr(profile, column)
        if column in TREES and isinstance(value, dict):
            values |= {f"{column}.{key}": item for key, item in value.items()}
        else:
            values[column] = value.isoformat() if isinstance(value, date) else value
    return values


def put_values(profile: Profile, values: Mapping[str, Any]) -> list[str]:
    """Set the customer's columns to the values; return those that changed."""
    trees: dict[str, Any] = {name: {} for name in TREES}
    plain: dict[str, Any] = {}
    for path, value in values.items():
        column, _, key = path.partition(".")
        if key or "." in path:
            trees[column][key] = value
        else:
            plain[column] = value
    changed = []
    for column, value in (trees | plain).items():
        decoded = date.fromisoformat(value) if column in _DATES and value else value
        if not same(_plain(getattr(profile, column)), value):
            setattr(profile, column, decoded)
            changed.append(column)
    return changed


def same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same, as JSON sees it: true is not 1."""
    return one is other or json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def is_empty(value: Any) -> bool:
    """Tell whether a value says nothing."""
    return value is GONE or value is None or value in ("", [], {})


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Values:
    """Return {path: value after} for the paths that differ; GONE for those that are no more."""
    paths = [*before, *(path for path in after if path not in before)]
    found: Values = {}
    for path in paths:
        old, new = before.get(path, GONE), after.get(path, GONE)
        if old is GONE or new is GONE or not same(old, new):
            found[path] = new
    return found


def with_changes(values: Mapping[str, Any], changes: Mapping[str, Any]) -> Values:
    """Return the values with the changes made."""
    changed = {**values, **changes}
    return {path: value for path, value in changed.items() if value is not GONE}


def column_of(path: str) -> str:
    return path.partition(".")[0]


def wire_name(path: str) -> str:
    """Return a path as programs see it: ``firstName``, ``attributes.vip``."""
    column, dot, key = path.partition(".")
    return f"{to_camel(column)}{dot}{key}"


def path_of(name: str) -> str | None:
    """Return the path of a name on the wire, or None when there is no such field."""
    column, dot, key = name.partition(".")
    snake = column if column in _FIELDS else to_snake(column)
    if snake not in _FIELDS or (dot and (snake not in TREES or not key)):
        return None
    return f"{snake}{dot}{key}"


def in_order(paths: Iterable[str]) -> list[str]:
    """Return the paths in the order of the columns, keys sorted."""
    return sorted(set(paths), key=lambda path: (COLUMNS.index(column_of(path)), path))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
