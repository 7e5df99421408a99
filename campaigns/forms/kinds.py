"""One form per kind of asset."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.choices import (
    AssetKind,
    BudgetPeriodKind,
    BudgetStatus,
    BudgetType,
    CampaignStatus,
    ContainerStatus,
    DeliveryMethod,
)
from campaigns.forms.base import AssetForm, joined, kept, listed
from campaigns.forms.brand import BrandForm
from campaigns.forms.parts import PartField, PartsMixin
from campaigns.forms.target import TargetForm
from campaigns.models import BrandGuideline, Budget, TargetProfile

DAY = forms.DateInput(attrs={"type": "date"})


def _threshold(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=1, max_value=999, decimal_places=2, required=False)


def _webhook() -> forms.CharField:
    help_text = _("A program of yours, such as https://example.com/hook.")
    return forms.CharField(label=_("Webhook"), max_length=2000, required=False, help_text=help_text)


class BudgetForm(AssetForm):
    """A budget, with up to two alerts; more of them are left as they are."""

    name = forms.CharField(label=_("Name"), max_length=255)
    amount = forms.DecimalField(label=_("Amount"), min_value=0, max_digits=15, decimal_places=2)
    currency = forms.CharField(
        label=_("Currency"), max_length=3, required=False, help_text=_("Your company's own, when left empty.")
    )
    period = forms.ChoiceField(label=_("For"), choices=BudgetPeriodKind.choices, initial="MONTHLY")
    delivery_method = forms.ChoiceField(label=_("Delivery"), choices=DeliveryMethod.choices)
    starts_on = forms.DateField(
        label=_("First day"), required=False, widget=DAY, help_text=_("Today, when left empty.")
    )
    ends_on = forms.DateField(label=_("Last day"), required=False, widget=DAY)
    status = forms.ChoiceField(label=_("Status"), choices=BudgetStatus.choices, initial="ACTIVE")
    type = forms.ChoiceField(label=_("Pays for"), choices=BudgetType.choices)
    is_shared = forms.BooleanField(label=_("Shared by several campaigns"), required=False)
    threshold = _threshold(_("Alert at (%)"))
    emails = forms.CharField(label=_("Alert by mail to"), max_length=2000, required=False)
    webhook_url = _webhook()
    second_threshold = _threshold(_("Second alert at (%)"))
    second_emails = forms.CharField(label=_("Second alert by mail to"), max_length=2000, required=False)
    second_webhook_url = _webhook()

    sections = (
        (_("Money"), ("name", "amount", "currency", "status", "type", "is_shared")),
        (_("Time"), ("period", "starts_on", "ends_on", "delivery_method")),
        (_("First alert"), ("threshold", "emails", "webhook_url")),
        (_("Second alert"), ("second_threshold", "second_emails", "second_webhook_url")),
    )
    PLAIN = (
        *("name", "amount", "currency", "period", "delivery_method", "starts_on", "ends_on", "status"),
        *("type", "is_shared"),
    )
    ALERTS = ("", "second_")

    @classmethod
    def values_of(cls, asset: Any) -> dict[str, Any]:
        values = {name: getattr(asset, name) for name in cls.PLAIN}
        for place, prefix in enumerate(cls.ALERTS):
            alert = asset.alerts[place] if len(asset.alerts) > place else {}
            values[f"{prefix}threshold"] = alert.get("threshold")
            values[f"{prefix}emails"] = joined(alert.get("emails"))
            values[f"{prefix}webhook_url"] = alert.get("webhookUrl", "")
        return {**super().values_of(asset), **values}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for prefix in self.ALERTS:
            is_told = data.get(f"{prefix}emails") or data.get(f"{prefix}webhook_url")
            if is_told and not data.get(f"{prefix}threshold"):
                self.add_error(f"{prefix}threshold", _("Say at how many per cent."))
            elif data.get(f"{prefix}threshold") and not is_told:
                self.add_error(f"{prefix}emails", _("Say whom to tell: an address, or a webhook."))
        return data

    def said(self, asset: Any | None) -> dict[str, Any]:
        data = self.cleaned_data
        known = asset.alerts if asset else []
        alerts = [self._alert(prefix, known[place : place + 1]) for place, prefix in enumerate(self.ALERTS)]
        found = {
            "name": data["name"],
            "amount": str(data["amount"]),
            "period": data["period"],
            "deliveryMethod": data["delivery_method"],
            "endsOn": data["ends_on"],
            "status": data["status"],
            "type": data["type"],
            "isShared": data["is_shared"],
            "alerts": [*(alert for alert in alerts if alert), *known[len(self.ALERTS) :]],
        }
        if data["currency"]:
            found["currency"] = data["currency"].upper()
        return {**found, "startsOn": data["starts_on"]} if data["starts_on"] else found

    def _alert(self, prefix: str, known: list[Any]) -> dict[str, Any]:
        data = self.cleaned_data
        if not data[f"{prefix}threshold"]:
            return {}
        return {
            **(kept(known[0]) if known else {}),
            "threshold": data[f"{prefix}threshold"],
            "emails": listed(data[f"{prefix}emails"]),
            "webhookUrl": data[f"{prefix}webhook_url"] or None,
        }


class ContainerForm(PartsMixin, AssetForm):
    """A container: one of each."""

    name = forms.CharField(label=_("Name"), max_length=255)
    description = forms.CharField(
        label=_("Description"), max_length=4000, required=False, widget=forms.Textarea({"rows": 2})
    )
    customer_profile_id = PartField(TargetProfile, label=_("Target profile"))
    brand_guidelines_id = PartField(BrandGuideline, name="brand_name", label=_("Brand guideline"))
    budget_id = PartField(Budget, label=_("Budget"))
    status = forms.ChoiceField(label=_("Status"), choices=ContainerStatus.choices)
    is_default = forms.BooleanField(label=_("Default"), required=False)
    is_primary = forms.BooleanField(label=_("Primary"), required=False)

    sections = (
        (_("Container"), ("name", "description", "status", "is_default", "is_primary")),
        (_("Parts"), ("customer_profile_id", "brand_guidelines_id", "budget_id")),
    )
    PARTS = {
        "customer_profile_id": "customerProfileId",
        "brand_guidelines_id": "brandGuidelinesId",
        "budget_id": "budgetId",
    }

    def __init__(self, *args: Any, asset: Any = None, wanted: str = "", **options: Any) -> None:
        super().__init__(*args, asset=asset, **options)
        current = {name: getattr(asset, name) for name in self.PARTS} if asset else {}
        self.offer_parts(current, self.data, wanted)

    @classmethod
    def values_of(cls, asset: Any) -> dict[str, Any]:
        names = ("name", "description", "status", "is_default", "is_primary", *cls.PARTS)
        return {**super().values_of(asset), **{name: getattr(asset, name) for name in names}}

    def said(self, asset: Any | None) -> dict[str, Any]:
        data = self.cleaned_data
        parts = {wire: str(data[name].pk) if data[name] else None for name, wire in self.PARTS.items()}
        marks = {"isDefault": data["is_default"], "isPrimary": data["is_primary"]}
        plain = {name: data[name] for name in ("name", "description", "status")}
        return {**plain, **marks, **parts}


class CampaignForm(AssetForm):
    """A campaign."""

    name = forms.CharField(label=_("Name"), max_length=255)
    description = forms.CharField(
        label=_("Description"), max_length=4000, required=False, widget=forms.Textarea({"rows": 3})
    )
    external_id = forms.CharField(
        label=_("Id of the ad platform"),
        max_length=255,
        required=False,
        help_text=_("Spend is reported under it."),
    )
    status = forms.ChoiceField(label=_("Status"), choices=CampaignStatus.choices)
    starts_on = forms.DateField(label=_("First day"), required=False, widget=DAY)
    ends_on = forms.DateField(label=_("Last day"), required=False, widget=DAY)

    sections = (
        (_("Campaign"), ("name", "description", "status", "external_id")),
        (_("Time"), ("starts_on", "ends_on")),
    )
    PLAIN = ("name", "description", "external_id", "status", "starts_on", "ends_on")

    @classmethod
    def values_of(cls, asset: Any) -> dict[str, Any]:
        return {**super().values_of(asset), **{name: getattr(asset, name) for name in cls.PLAIN}}

    def said(self, asset: Any | None) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "name": data["name"],
            "description": data["description"],
            "externalId": data["external_id"] or None,
            "status": data["status"],
            "startsOn": data["starts_on"],
            "endsOn": data["ends_on"],
        }


FORMS: dict[str, type[AssetForm]] = {
    AssetKind.TARGET_PROFILE: TargetForm,
    AssetKind.BRAND_GUIDELINE: BrandForm,
    AssetKind.BUDGET: BudgetForm,
    AssetKind.CONTAINER: ContainerForm,
    AssetKind.CAMPAIGN: CampaignForm,
}
