"""A verb's refusal becomes an error of the form: what was typed stays, nothing is half-written."""

from __future__ import annotations

import copy
import re

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance

from cdp.errors import DomainError

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class RefusalForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that can be told why the verb refused its values."""

    refusal: DomainError | None = None
    # {name on the wire: name in the form}, where they differ by more than their humps
    wire_names: dict[str, str] = {}

    def _post_clean(self) -> None:
        # Values only: constraints are the verbs' to check; the form's instance is never saved.
        candidate = construct_instance(self, copy.copy(self.instance), self._meta.fields, self._meta.exclude)
        try:
            candidate.clean_fields(exclude=self._get_validation_exclusions())  # type: ignore[attr-defined]
        except ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]
        if self.refusal is not None:
            self._show(self.refusal)

    def _show(self, refusal: DomainError) -> None:
        unknown: list[str] = []
        for wire, texts in refusal.fields.items():
            name = self.wire_names.get(wire) or _HUMP.sub("_", wire.split("[")[0].split(".")[0]).lower()
            if name in self.fields:
                self.add_error(name, [str(text) for text in texts])
            else:
                unknown += [text if wire == "_" else f"{wire}: {text}" for text in texts]
        if unknown or not self.errors:
            self.add_error(None, [refusal.detail, *unknown])
