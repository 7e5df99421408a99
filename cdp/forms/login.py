"""Logging in by e-mail."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from unfold.forms import AuthenticationForm


class LoginForm(AuthenticationForm):  # type: ignore[misc]
    """E-mail and password; one answer for a wrong address, a wrong password and a closed account."""

    error_messages = {
        "invalid_login": _("This e-mail address and password do not belong together. Check both."),
        "inactive": _("This e-mail address and password do not belong together. Check both."),
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["username"].widget.attrs.update({"autocomplete": "username", "inputmode": "email"})

    def clean_username(self) -> str:
        # The lockout counts by what is typed: another spelling of an address must not open a new count.
        return str(self.cleaned_data["username"]).strip().lower()
