"""Forms of the customers' admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminColorInputWidget, UnfoldAdminTextInputWidget, UnfoldBooleanSwitchWidget

from cdp.errors import Invalid
from cdp.forms.refusal import RefusalForm
from cdp.models import Tenant
from profiles.forms_parts import TagNameField
from profiles.models import Profile, Tag
from profiles.records import ProfileRecord

ADDRESS = {
    "street": "street",
    "district": "district",
    "city": "city",
    "state": "state",
    "country": "country",
    "postal_code": "postalCode",
}


def _line(label: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=UnfoldAdminTextInputWidget)


class ProfileForm(RefusalForm):
    """A customer as people edit it; what is typed is judged by ``ProfileRecord``, as everywhere."""

    tenant: Tenant
    record: ProfileRecord
    wire_names = {"postalCode": "postal_code", "street": "street"}

    street = _line(_("Street"))
    district = _line(_("District"))
    city = _line(_("City"))
    state = _line(_("State"))
    country = _line(_("Country"))
    postal_code = _line(_("Postal code"))
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    allow_duplicate = forms.BooleanField(
        label=_("Create even if somebody has this e-mail or phone"),
        required=False,
        widget=UnfoldBooleanSwitchWidget,
        help_text=_("Families share them. Ids are never shared."),
    )

    class Meta:
        model = Profile
        fields = (
            "type",
            "name",
            "display_name",
            "first_name",
            "last_name",
            "company_name",
            "email",
            "phone",
            "date_of_birth",
            "partial_birth_date",
            "gender",
            "marital_status",
            "anniversary_date",
            "partial_anniversary",
            "profession",
            "available_time",
            "is_deceased",
            "contact_preferences",
            "lifecycle_stage",
            "membership_tier",
            "member_id",
            "company_tax_id",
            "industry",
            "company_size",
            "website",
            "auth_user_id",
            "scl_member_id",
            "teetime_player_id",
            "messaging_contact_id",
            "attributes",
        )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["seen_version"] = self.instance.version
        for name, key in ADDRESS.items():
            self.initial[name] = self.instance.address.get(key, "")
        if "name" in self.fields:
            self.fields["name"].help_text = _("Made of first and last name when left empty.")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors:
            try:
                self.record = ProfileRecord.parse(self._said(values), tenant=self.tenant)
            except Invalid as error:
                self._show(error)
        return values

    def _said(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return what was changed on the form, and nothing else."""
        changed = set(self.changed_data)
        said = {name: values[name] for name in ProfileForm.Meta.fields if name in changed and name in values}
        if changed & ADDRESS.keys():
            said["address"] = {key: values.get(name, "") for name, key in ADDRESS.items()}
        return said


class TagForm(RefusalForm):
    """Name and colour of a tag."""

    name = TagNameField(label=_("name"), widget=UnfoldAdminTextInputWidget)

    class Meta:
        model = Tag
        fields = ("name", "color")
        widgets = {"color": UnfoldAdminColorInputWidget}
