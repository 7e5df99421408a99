"""The small forms inside the panels."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from profiles.choices import ContactKind
from profiles.normalisation.errors import InvalidText
from profiles.normalisation.names import clean_text

# Colours for tags made by typing a name; each is told from the others, and from both backgrounds.
PALETTE = ("#2563EB", "#DC2626", "#16A34A", "#D97706", "#7C3AED", "#0891B2", "#DB2777", "#65A30D")
TAG_NAME_LENGTH = 60


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


class TagNameField(forms.CharField):
    """The name of a tag, spelled as it is stored."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=TAG_NAME_LENGTH, **options)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        try:
            return clean_text(text, max_length=TAG_NAME_LENGTH)
        except InvalidText as error:
            raise ValidationError(error.words()) from error


class TagForm(forms.Form):
    """A tag by name; a new name makes a new tag."""

    name = TagNameField(label=_("Tag"))


class SegmentForm(forms.Form):
    """A segment of this tenant."""

    segment = forms.UUIDField(label=_("Segment"))
