"""The form for a company's settings."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminEmailInputWidget, UnfoldAdminSelect2Widget, UnfoldAdminTextareaWidget

from cdp.forms.refusal import RefusalForm
from cdp.models import Tenant
from cdp.operations.update_tenant import TenantSettings

MOST_BLOCKED = 1000
BLOCKED_KINDS = ("email", "phone", "id")
NEVER_IDENTIFY = _("One in a line. These never identify anybody, whoever sends them.")


def _lines(label: Any, help_text: Any = NEVER_IDENTIFY) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=100_000,
        widget=UnfoldAdminTextareaWidget({"rows": 4}),
        help_text=help_text,
    )


class TenantForm(RefusalForm):
    """Settings of one company."""

    time_zone = forms.ChoiceField(label=_("Time zone"), widget=UnfoldAdminSelect2Widget)
    allowed_hosts = _lines(
        _("Hosts inside a private network"),
        _("One in a line. This company's webhooks and imports may reach them although they are not public."),
    )
    blocked_email = _lines(_("Blocked e-mails"))
    blocked_phone = _lines(_("Blocked phones"))
    blocked_id = _lines(_("Blocked ids"))

    wire_names = {"blocked_values": "blocked_email"}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "time_zone" in self.fields:
            zones = sorted(zoneinfo.available_timezones())
            self.fields["time_zone"].choices = [(zone, zone) for zone in zones]  # type: ignore[attr-defined]
        if "allowed_hosts" in self.fields:
            self.initial["allowed_hosts"] = "\n".join(self.instance.allowed_hosts)
        for kind in BLOCKED_KINDS:
            if f"blocked_{kind}" in self.fields:
                self.initial[f"blocked_{kind}"] = "\n".join(self.instance.blocked_values.get(kind, []))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for kind in BLOCKED_KINDS:
            if len(_values(self.cleaned_data.get(f"blocked_{kind}", ""))) > MOST_BLOCKED:
                self.add_error(f"blocked_{kind}", _("These are too many: 1000 at most."))
        return values

    def settings(self, *, is_platform: bool) -> TenantSettings:
        """Return what was filled in; short name and closing count for the platform's own people only."""
        values = self.cleaned_data
        return TenantSettings(
            name=values["name"],
            region=values["region"],
            time_zone=values["time_zone"],
            currency=values["currency"],
            blocked_values={kind: _values(values[f"blocked_{kind}"]) for kind in BLOCKED_KINDS},
            slug=values["slug"] if is_platform else None,
            is_active=values["is_active"] if is_platform else None,
            allowed_hosts=_values(values["allowed_hosts"].lower()) if is_platform else None,
        )

    class Meta:
        model = Tenant
        fields = ("name", "slug", "region", "time_zone", "currency", "is_active", "allowed_hosts")


class NewTenantForm(TenantForm):
    """A new company and its first owner."""

    owner_email = forms.EmailField(
        label=_("E-mail of the first owner"),
        max_length=254,
        widget=UnfoldAdminEmailInputWidget,
        help_text=_("They get a mail with a link to log in."),
    )

    wire_names = {**TenantForm.wire_names, "email": "owner_email"}


def _values(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
