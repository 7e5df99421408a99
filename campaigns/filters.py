"""What lists of assets can be narrowed to, for API and pages; names are those on the wire."""

from __future__ import annotations

import json
from typing import Any

import django_filters as filters
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from campaigns.choices import (
    AssetKind,
    BudgetPeriodKind,
    BudgetStatus,
    BudgetType,
    CampaignStatus,
    ContainerStatus,
    DeliveryMethod,
    DetailLevel,
)
from campaigns.models import BrandGuideline, Budget, Campaign, ProfileContainer, TargetProfile
from campaigns.shapes import check_json

LONGEST = 200
YES_NO = (("true", "true"), ("false", "false"))
OLDEST = 150
GENDERS = [("all", "all"), ("female", "female"), ("male", "male"), ("other", "other")]


class YesNoFilter(filters.ChoiceFilter):
    """A flag, as it stands in an address."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, choices=YES_NO, **options)

    def filter(self, qs: Any, value: str) -> Any:
        return qs.filter(**{str(self.field_name): value == "true"}) if value in {"true", "false"} else qs


class AgesFilter(filters.CharFilter):
    """An age, or two with a dash between them."""

    def __init__(self, *args: Any, **options: Any) -> None:
        whole = RegexValidator(r"^[0-9]{1,3}(-[0-9]{1,3})?$", _("Use a whole number."))
        super().__init__(*args, max_length=7, validators=[whole], **options)


def _ages(value: str) -> list[int]:
    """Return the lower and the higher age."""
    first, _dash, last = value.partition("-")
    return sorted(min(int(age), OLDEST) for age in (first, last or first))


def refuse_no_object(text: str) -> None:
    """Raise ValidationError for what is no JSON object, or none that can be stored."""
    try:
        value = json.loads(text)
        check_json(value)
    except (ValueError, RecursionError) as error:
        raise ValidationError(_("This is not JSON.")) from error
    if not isinstance(value, dict):
        raise ValidationError(_("This is not an object."))


class AssetFilter(filters.FilterSet):
    """Narrows any list; what lies in the bin is listed there alone."""

    search = filters.CharFilter(
        method="_search", max_length=LONGEST, help_text="Words or parts of words; all must be there."
    )
    about = filters.CharFilter(
        method="_about", max_length=LONGEST, help_text='Full text: whole words, "phrases", or, -not.'
    )
    deleted = filters.ChoiceFilter(
        method="_deleted", choices=YES_NO, help_text="What lies in the bin instead of what does not."
    )

    def filter_queryset(self, queryset: Any) -> Any:
        narrowed: Any = super().filter_queryset(queryset)
        return narrowed.deleted() if self.form.cleaned_data.get("deleted") == "true" else narrowed.kept()

    def _search(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.matching(value)

    def _about(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.about(value)

    def _deleted(self, queryset: Any, name: str, value: str) -> Any:
        return queryset


class TargetProfileFilter(AssetFilter):
    """Narrows target profiles by what their JSON says."""

    isActive = YesNoFilter(field_name="is_active")
    isDefault = YesNoFilter(field_name="is_default")
    age = AgesFilter(method="_age", help_text="An age, or a range such as 25-40 that theirs overlaps.")
    ageWithin = AgesFilter(method="_age_within", help_text="A range such as 25-40 that holds theirs whole.")
    gender = filters.ChoiceFilter(method="_gender", choices=GENDERS)
    country = filters.CharFilter(method="_country", max_length=120)
    city = filters.CharFilter(method="_city", max_length=120)
    interest = filters.CharFilter(method="_interest", max_length=120)
    says = filters.CharFilter(
        method="_says", max_length=60, help_text="Demographics that say something about this key."
    )

    class Meta:
        model = TargetProfile
        fields: list[str] = []

    def _age(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.overlapping_ages(*_ages(value))

    def _age_within(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.within_ages(*_ages(value))

    def _gender(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.for_gender(value)

    def _country(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.in_country(value)

    def _city(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.in_city(value)

    def _interest(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.interested_in(value)

    def _says(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.saying(value)


class BrandGuidelineFilter(AssetFilter):
    """Narrows brand guidelines."""

    isActive = YesNoFilter(field_name="is_active")
    detailLevel = filters.ChoiceFilter(field_name="detail_level", choices=DetailLevel.choices)
    industry = filters.CharFilter(field_name="industry", max_length=255)
    value = filters.CharFilter(method="_value", max_length=120, help_text="One of the brand's values.")
    contains = filters.CharFilter(
        method="_contains",
        max_length=2000,
        validators=[refuse_no_object],
        help_text='What the full style guide contains: {"voiceGuidelines": {"brandVoice": "calm"}}',
    )

    class Meta:
        model = BrandGuideline
        fields: list[str] = []

    def _value(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.with_values(value)

    def _contains(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.saying_in_full(json.loads(value))


class BudgetFilter(AssetFilter):
    """Narrows budgets."""

    status = filters.ChoiceFilter(choices=BudgetStatus.choices)
    period = filters.ChoiceFilter(choices=BudgetPeriodKind.choices)
    type = filters.ChoiceFilter(choices=BudgetType.choices)
    deliveryMethod = filters.ChoiceFilter(field_name="delivery_method", choices=DeliveryMethod.choices)
    isShared = YesNoFilter(field_name="is_shared")
    campaignId = filters.UUIDFilter(method="_campaign", help_text="Budgets that pay for this campaign.")

    class Meta:
        model = Budget
        fields: list[str] = []

    def _campaign(self, queryset: Any, name: str, value: Any) -> Any:
        return queryset.filter(campaign_ids__contains=[str(value)])


class ContainerFilter(AssetFilter):
    """Narrows containers."""

    status = filters.ChoiceFilter(choices=ContainerStatus.choices)
    isDefault = YesNoFilter(field_name="is_default")
    isPrimary = YesNoFilter(field_name="is_primary")
    isComplete = YesNoFilter(field_name="is_complete")

    class Meta:
        model = ProfileContainer
        fields: list[str] = []


class CampaignFilter(AssetFilter):
    """Narrows campaigns."""

    status = filters.ChoiceFilter(choices=CampaignStatus.choices)
    externalId = filters.CharFilter(field_name="external_id", max_length=255)

    class Meta:
        model = Campaign
        fields: list[str] = []


FILTERS: dict[str, type[AssetFilter]] = {
    AssetKind.TARGET_PROFILE: TargetProfileFilter,
    AssetKind.BRAND_GUIDELINE: BrandGuidelineFilter,
    AssetKind.BUDGET: BudgetFilter,
    AssetKind.CONTAINER: ContainerFilter,
    AssetKind.CAMPAIGN: CampaignFilter,
}
