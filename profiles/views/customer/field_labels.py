"""What the fields of a customer are called, for complaints about what is typed into them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst

from cdp.views.words import add_labels
from profiles.address import ADDRESS_LABELS
from profiles.forms import ProfileForm
from profiles.forms_parts import ContactPointForm, IdentifierForm


def add_to_labels() -> None:
    """Put the labels of our forms where complaints look for them; called once, when the app is ready."""
    for form in (ProfileForm, ContactPointForm, IdentifierForm):
        add_labels(_labels(form.base_fields))
    add_labels(ADDRESS_LABELS)


def _labels(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: capfirst(field.label) for name, field in fields.items() if field.label}
