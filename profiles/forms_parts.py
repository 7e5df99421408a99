"""The small forms inside the panels."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from profiles.choices import ContactKind

# Colours for tags made by typing a name; each is told from the others, and from both backgrounds.
PALETTE = ("#2563EB", "#DC2626", "#16A34A", "#D97706", "#7C3AED", "#0891B2", "#DB2777", "#65A30D")


class ContactPointForm(forms.Form):
    """A new e-mail address or phone."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ContactKind.choices)
    value = forms.CharField(label=_("Address or number"), max_length=254)
    type = forms.CharField(label=_("Use"), max_length=20, required=False)


class IdentifierForm(forms.Form):
    """A new id of another system."""

    source = forms.CharField(label=_("System"), max_length=40)
    source_type = forms.CharField(label=_("Kind of record"), max_length=40, required=False)
    external_id = forms.CharField(label=_("Id there"), max_length=255)


class TagForm(forms.Form):
    """A tag by name; a new name makes a new tag."""

    name = forms.CharField(label=_("Tag"), max_length=60)


class SegmentForm(forms.Form):
    """A segment of this tenant."""

    segment = forms.UUIDField(label=_("Segment"))
