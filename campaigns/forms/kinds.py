"""One form per kind of asset."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.choices import (
    AssetKind,
    BudgetPeriodKind,
    BudgetStatus,
    CampaignStatus,
    ContainerStatus,
    DeliveryMethod,
)
from campaigns.forms.base import AssetForm, got, joined, kept, listed, put
from campaigns.forms.brand import BrandForm
from campaigns.models import BrandGuideline, Budget, TargetProfile

GENDERS = [("", "—"), ("all", _("All")), ("female", _("Female")), ("male", _("Male")), ("other", _("Other"))]
DAY = forms.DateInput(attrs={"type": "date"})
MOST_CHOICES = 500


class TargetForm(AssetForm):
    """A target profile."""

    name = forms.CharField(label=_("Name"), max_length=255)
    description = forms.CharField(
        label=_("Description"), max_length=4000, required=False, widget=forms.Textarea
    )
    age_min = forms.IntegerField(label=_("Youngest"), min_value=0, max_value=150, required=False)
    age_max = forms.IntegerField(label=_("Oldest"), min_value=0, max_value=150, required=False)
    gender = forms.ChoiceField(label=_("Gender"), choices=GENDERS, required=False)
    countries = forms.CharField(label=_("Countries"), max_length=2000, required=False)
    cities = forms.CharField(label=_("Cities"), max_length=2000, required=False)
    interests = forms.CharField(
        label=_("Interests"), max_length=4000, required=False, help_text=_("Customers have them as tags.")
    )
    is_default = forms.BooleanField(label=_("Default"), required=False)

    PATHS = {
        "age_min": "ageRange.min",
        "age_max": "ageRange.max",
        "gender": "gender",
        "countries": "location.countries",
        "cities": "location.cities",
    }

    @classmethod
    def values_of(cls, asset: Any) -> dict[str, Any]:
        values = {name: got(asset.demographics, path) for name, path in cls.PATHS.items()}
        lists = {name: joined(values[name] or []) for name in ("countries", "cities")}
        plain = {name: getattr(asset, name) for name in ("name", "description", "is_default")}
        return {**super().values_of(asset), **values, **lists, **plain, "interests": joined(asset.interests)}

    def said(self, asset: Any | None) -> dict[str, Any]:
        data = self.cleaned_data
        demographics = kept(asset.demographics if asset else {})
        for name, path in self.PATHS.items():
            value = listed(data[name]) if name in {"countries", "cities"} else data[name]
            put(demographics, path, value)
        return {
            "name": data["name"],
            "description": data["description"],
            "demographics": demographics,
            "interests": listed(data["interests"]),
            "isDefault": data["is_default"],
        }


class BudgetForm(AssetForm):
    """A budget, with one alert."""

    name = forms.CharField(label=_("Name"), max_length=255)
    amount = forms.DecimalField(label=_("Amount"), min_value=0, max_digits=15, decimal_places=2)
    period = forms.ChoiceField(label=_("For"), choices=BudgetPeriodKind.choices)
    delivery_method = forms.ChoiceField(label=_("Delivery"), choices=DeliveryMethod.choices)
    starts_on = forms.DateField(label=_("First day"), required=False, widget=DAY)
    ends_on = forms.DateField(label=_("Last day"), required=False, widget=DAY)
    status = forms.ChoiceField(label=_("Status"), choices=BudgetStatus.choices)
    is_shared = forms.BooleanField(label=_("Shared by several campaigns"), required=False)
    threshold = forms.DecimalField(
        label=_("Alert at (%)"), min_value=1, max_value=999, decimal_places=2, required=False
    )
    emails = forms.CharField(label=_("Alert by mail to"), max_length=2000, required=False)

    PLAIN = ("name", "amount", "period", "delivery_method", "starts_on", "ends_on", "status", "is_shared")

    @classmethod
    def values_of(cls, asset: Any) -> dict[str, Any]:
        alert = asset.alerts[0] if asset.alerts else {}
        own = {"threshold": alert.get("threshold"), "emails": joined(alert.get("emails"))}
        return {**super().values_of(asset), **{name: getattr(asset, name) for name in cls.PLAIN}, **own}

    def said(self, asset: Any | None) -> dict[str, Any]:
        data = self.cleaned_data
        others = list(asset.alerts[1:]) if asset else []
        first = kept(asset.alerts[0]) if asset and asset.alerts else {}
        alert = {**first, "threshold": data["threshold"], "emails": listed(data["emails"])}
        found = {
            "name": data["name"],
            "amount": str(data["amount"]),
            "period": data["period"],
            "deliveryMethod": data["delivery_method"],
            "endsOn": data["ends_on"],
            "status": data["status"],
            "isShared": data["is_shared"],
            "alerts": [alert, *others] if data["threshold"] else others,
        }
        return {**found, "startsOn": data["starts_on"]} if data["starts_on"] else found


class ContainerForm(AssetForm):
    """A container: one of each."""

    name = forms.CharField(label=_("Name"), max_length=255)
    customer_profile_id = forms.ModelChoiceField(
        label=_("Target profile"), queryset=TargetProfile.objects.kept(), required=False
    )
    brand_guidelines_id = forms.ModelChoiceField(
        label=_("Brand guideline"), queryset=BrandGuideline.objects.kept(), required=False
    )
    budget_id = forms.ModelChoiceField(label=_("Budget"), queryset=Budget.objects.kept(), required=False)
    status = forms.ChoiceField(label=_("Status"), choices=ContainerStatus.choices)
    is_default = forms.BooleanField(label=_("Default"), required=False)

    PARTS = {
        "customer_profile_id": "customerProfileId",
        "brand_guidelines_id": "brandGuidelinesId",
        "budget_id": "budgetId",
    }

    @classmethod
    def values_of(cls, asset: Any) -> dict[str, Any]:
        names = ("name", "status", "is_default", *cls.PARTS)
        return {**super().values_of(asset), **{name: getattr(asset, name) for name in names}}

    def said(self, asset: Any | None) -> dict[str, Any]:
        data = self.cleaned_data
        parts = {wire: str(data[name].pk) if data[name] else None for name, wire in self.PARTS.items()}
        own = {"name": data["name"], "status": data["status"], "isDefault": data["is_default"]}
        return {**own, **parts}


class CampaignForm(AssetForm):
    """A campaign."""

    name = forms.CharField(label=_("Name"), max_length=255)
    description = forms.CharField(
        label=_("Description"), max_length=4000, required=False, widget=forms.Textarea
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
