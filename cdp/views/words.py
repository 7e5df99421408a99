"""Why a verb refused, for people: each complaint with the label of the field it is about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from cdp.errors import DomainError
from cdp.registries import Registry

# By name of the field, in snake_case: its label on the pages. Filled where the pages are.
field_labels: Registry[Any] = Registry()

_hump = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_index = re.compile(r"\[\d+\]$")


def add_labels(labels: Mapping[str, Any]) -> None:
    """Add labels of fields; those known already stay."""
    for name, label in labels.items():
        if field_labels.get(name) is None:
            field_labels.register(name, label)


def texts_of(error: DomainError) -> list[str]:
    """Return why a verb refused: its complaints field by field, or else the whole."""
    named = [at_field(name, text) for name, texts in error.fields.items() for text in texts]
    return list(dict.fromkeys(named)) or [error.detail]


def wrong_fields(error: DomainError) -> dict[str, str]:
    """Return the first complaint about each field, by its name in snake_case, as forms call it."""
    return {_snake(name): str(texts[0]) for name, texts in error.fields.items() if texts}


def words_of(error: DomainError) -> str:
    """Return why a verb refused, on one line."""
    return " ".join(texts_of(error))


def at_field(name: str, text: str) -> str:
    """Return a complaint with the label of the field called ``name`` on the wire, where it has one."""
    label = field_labels.get(_snake(name))
    return str(text) if label is None else _("%(field)s: %(problem)s") % {"field": label, "problem": text}


def _snake(name: str) -> str:
    """Return ``relatives[0].dateOfBirth`` as ``date_of_birth``."""
    return _hump.sub("_", _index.sub("", name.rpartition(".")[2])).lower()
