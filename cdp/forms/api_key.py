"""The form for a new API key."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from cdp.forms.refusal import RefusalForm
from cdp.models import ApiKey
from cdp.permissions import DESCRIPTIONS


class ApiKeyForm(RefusalForm):
    """Name, scopes and end of a key; only scopes the issuer has are offered."""

    wire_names = {"expiresAt": "expires_at"}
    offered: frozenset[str] = frozenset()

    scopes = forms.MultipleChoiceField(
        label=_("Scopes"),
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("A program gets what it needs, and no more."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        scopes = self.fields["scopes"]
        scopes.choices = [  # type: ignore[attr-defined]
            (code, f"{code}: {text}") for code, text in DESCRIPTIONS.items() if code in self.offered
        ]

    class Meta:
        model = ApiKey
        fields = ("name", "scopes", "expires_at")
        help_texts = {"expires_at": _("By the company’s clock. Left empty, the key does not end.")}
