"""The form that says what a campaign uses."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import BrandGuideline, Budget, CampaignProfileUsage, ProfileContainer, TargetProfile

WIRE = {
    "container": "containerId",
    "customer_profile": "customerProfileId",
    "brand_guidelines": "brandGuidelinesId",
    "budget": "budgetId",
}


class UsageForm(forms.Form):
    """A container, and parts that take the place of the container's."""

    container = forms.ModelChoiceField(
        label=_("Container"), queryset=ProfileContainer.objects.kept(), required=False, empty_label=_("None")
    )
    customer_profile = forms.ModelChoiceField(
        label=_("Target profile"),
        queryset=TargetProfile.objects.kept(),
        required=False,
        empty_label=_("The container's"),
    )
    brand_guidelines = forms.ModelChoiceField(
        label=_("Brand guideline"),
        queryset=BrandGuideline.objects.kept(),
        required=False,
        empty_label=_("The container's"),
    )
    budget = forms.ModelChoiceField(
        label=_("Budget"),
        queryset=Budget.objects.kept(),
        required=False,
        empty_label=_("The container's"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"auto_id": "use-%s", **options})
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

    @classmethod
    def of(cls, usage: CampaignProfileUsage | None) -> UsageForm:
        """Return the form of what is used now."""
        return cls(initial={name: getattr(usage, f"{name}_id") for name in WIRE} if usage else {})

    def said(self) -> dict[str, Any]:
        """Return what was chosen, in wire form."""
        chosen = {wire: self.cleaned_data[name] for name, wire in WIRE.items()}
        return {wire: str(row.pk) for wire, row in chosen.items() if row is not None}
