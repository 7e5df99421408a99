"""The form that says what a campaign uses."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.forms.parts import PartField, PartsMixin
from campaigns.models import BrandGuideline, Budget, CampaignProfileUsage, ProfileContainer, TargetProfile

WIRE = {
    "container": "containerId",
    "customer_profile": "customerProfileId",
    "brand_guidelines": "brandGuidelinesId",
    "budget": "budgetId",
}


class UsageForm(PartsMixin, forms.Form):
    """A container, and parts that take the place of the container's."""

    container = PartField(ProfileContainer, label=_("Container"), empty_label=_("None"))
    customer_profile = PartField(TargetProfile, label=_("Target profile"), empty_label=_("The container's"))
    brand_guidelines = PartField(
        BrandGuideline, name="brand_name", label=_("Brand guideline"), empty_label=_("The container's")
    )
    budget = PartField(Budget, label=_("Budget"), empty_label=_("The container's"))

    def __init__(
        self, data: Any = None, *, usage: CampaignProfileUsage | None = None, wanted: str = ""
    ) -> None:
        """``usage`` is what is used now, ``wanted`` a search for what to choose from."""
        current = {name: getattr(usage, f"{name}_id") for name in WIRE} if usage else {}
        super().__init__(data, auto_id="use-%s", initial=current)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"
        self.offer_parts(current, self.data, wanted)

    def said(self) -> dict[str, Any]:
        """Return what was chosen, in wire form."""
        chosen = {wire: self.cleaned_data[name] for name, wire in WIRE.items()}
        return {wire: str(row.pk) for wire, row in chosen.items() if row is not None}
