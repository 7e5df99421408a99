"""A part of a customer's own fields, edited where it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from profiles.forms import ADDRESS, ProfileForm, values_of
from profiles.forms_person import PREFERENCES

__all__ = ["FIELDS", "SectionForm", "values_of"]

# Sections of the details panel -> the fields their form holds.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "person": (
        *("first_name", "last_name", "display_name", "date_of_birth", "gender", "marital_status"),
        *("anniversary_date", "profession", "company_name", "is_deceased"),
    ),
    "reach": ("available_time", *PREFERENCES),
    "contact": ("email", "phone", "website"),
    "address": tuple(ADDRESS),
    "company": ("company_name", "company_tax_id", "industry", "company_size"),
    "membership": ("lifecycle_stage", "membership_tier", "member_id", "primary_source"),
}


class SectionForm(ProfileForm):
    """The fields of one section; what was shown first comes back hidden, so only changes are written."""

    def __init__(self, section: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in list(self.fields):
            if name not in FIELDS[section] and name != "version":
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Accept what is there: whether anybody could be told from another is for the verb to say."""
        return forms.Form.clean(self) or {}

    def rows(self) -> list[tuple[forms.BoundField, Any]]:
        """Return the fields, each with the hidden one that keeps what was shown first."""
        return [
            (self[name], self[name].as_hidden(only_initial=True)) for name in self.fields if name != "version"
        ]
