"""Fields of the customer form that say who a person is and how they want to be reached."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from profiles.choices import ContactChannel
from profiles.models import Profile

# Field of the form -> part of the contact preferences.
PREFERENCES = {
    "channels": "channels",
    "language": "language",
    "do_not_contact": "doNotContact",
    "do_not_call": "doNotCall",
}


def day(field: str) -> forms.CharField:
    """Return a field for a day as people write it, with or without its year."""
    column: Any = Profile._meta.get_field(field)
    return forms.CharField(
        label=column.verbose_name,
        max_length=60,
        required=False,
        show_hidden_initial=True,
        help_text=_("Like 1990-12-31 or 31/12/2533; without its year like 31 December, or the month alone."),
    )


def flag(label: Any) -> forms.BooleanField:
    """Return a box to tick."""
    return forms.BooleanField(label=label, required=False, show_hidden_initial=True)


def channels() -> forms.MultipleChoiceField:
    """Return the ways to reach somebody."""
    return forms.MultipleChoiceField(
        label=_("preferred channels"),
        choices=ContactChannel.choices,
        required=False,
        show_hidden_initial=True,
        widget=forms.CheckboxSelectMultiple,
    )


def language() -> forms.CharField:
    """Return the language somebody wants to be spoken to in."""
    return forms.CharField(
        label=_("language"),
        max_length=20,
        required=False,
        show_hidden_initial=True,
        help_text=_("A tag such as th, en or bn."),
    )


def preferences_of(profile: Profile) -> dict[str, Any]:
    """Return what the form first shows of a customer's preferences."""
    said = profile.contact_preferences
    return {
        "channels": said.get("channels", []),
        "language": said.get("language", ""),
        "do_not_contact": bool(said.get("doNotContact")),
        "do_not_call": bool(said.get("doNotCall")),
    }
