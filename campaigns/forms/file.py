"""The form a file of assets comes in through."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.exchange import LARGEST_FILE
from cdp.errors import DomainError

MOST_SHOWN = 20


class FileForm(forms.Form):
    """One file, JSON or CSV, told apart by its name or its first character."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.ClearableFileInput(
            attrs={"class": "input", "accept": ".json,.csv,application/json,text/csv"}
        ),
    )
    text = ""
    is_table = False

    def clean_file(self) -> Any:
        """Read the file as text; refuse what is too large or no text."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("This file is larger than 5 MB: split it."))
        try:
            self.text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("This is no text in UTF-8: save it as UTF-8 first.")) from error
        if not self.text.strip():
            raise forms.ValidationError(_("This file is empty."))
        is_object = self.text.lstrip()[:1] in {"{", "["}
        self.is_table = file.name.lower().endswith(".csv") or not is_object
        return file

    def refuse(self, error: DomainError) -> None:
        """Show why the verb refused the file: every row and field it names."""
        named = [f"{name}: {text}" for name, texts in error.fields.items() for text in texts]
        self.add_error("file", [error.detail, *named[:MOST_SHOWN]])
