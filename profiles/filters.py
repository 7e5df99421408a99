"""What lists can be narrowed to: one filter set per list, for API and pages; names are those on the wire."""

from __future__ import annotations

import uuid
from typing import Any, cast

import django_filters as filters
from django.db.models import Exists, OuterRef, QuerySet

from profiles.choices import LifecycleStage, ProfileStatus, ProfileType
from profiles.counting import VISIBLE, Total, bounded, tallied
from profiles.models import CustomerEvent, Profile, ProfileIdentifier
from profiles.querysets import ProfileQuerySet

LONGEST_SEARCH = 200


class CustomerFilter(filters.FilterSet):
    """Narrows a list of customers; merged and deleted ones are hidden unless their status is asked for."""

    search = filters.CharFilter(
        method="_search",
        max_length=LONGEST_SEARCH,
        help_text="Words of the name, company, e-mail, phone or member id; all must be there.",
    )
    status = filters.ChoiceFilter(choices=ProfileStatus.choices)
    lifecycleStage = filters.ChoiceFilter(field_name="lifecycle_stage", choices=LifecycleStage.choices)
    segmentId = filters.UUIDFilter(method="_segment", help_text="Members of this segment.")

    class Meta:
        model = Profile
        fields: list[str] = []

    def filter_queryset(self, queryset: Any) -> Any:
        narrowed: Any = super().filter_queryset(queryset)
        return narrowed if self.form.cleaned_data.get("status") else narrowed.visible()

    @property
    def customers(self) -> ProfileQuerySet:
        """Return the list."""
        return cast("ProfileQuerySet", self.qs)

    def total(self) -> Total:
        """Return how many customers there are: exact and at once as long as a tally knows."""
        given = {name: value for name, value in self.form.cleaned_data.items() if value}
        kinds = {
            column: given.pop(name)
            for name, column in (("type", "type"), ("lifecycleStage", "lifecycle_stage"))
            if name in given
        }
        statuses = (given.pop("status"),) if "status" in given else VISIBLE
        return bounded(self.qs) if given else tallied(statuses=statuses, **kinds)

    def _search(self, queryset: ProfileQuerySet, name: str, value: str) -> ProfileQuerySet:
        return queryset.matching(value)

    def _segment(self, queryset: ProfileQuerySet, name: str, value: uuid.UUID) -> ProfileQuerySet:
        return queryset.in_segment(value)


class ProfileFilter(CustomerFilter):
    """The same, with everything that came later."""

    type = filters.ChoiceFilter(choices=ProfileType.choices)
    tagId = filters.UUIDFilter(method="_tag", help_text="Carriers of this tag.")
    source = filters.CharFilter(
        method="_source", max_length=40, help_text="Customers this source knows by an id of its own."
    )

    def _tag(self, queryset: ProfileQuerySet, name: str, value: uuid.UUID) -> ProfileQuerySet:
        return queryset.with_tag(value)

    def _source(self, queryset: ProfileQuerySet, name: str, value: str) -> QuerySet[Profile]:
        known = ProfileIdentifier.objects.filter(profile=OuterRef("pk"), source=value, is_active=True)
        return queryset.filter(Exists(known))


class EventFilter(filters.FilterSet):
    """Narrows a customer's events."""

    type = filters.CharFilter(max_length=60)
    source = filters.CharFilter(max_length=40)

    class Meta:
        model = CustomerEvent
        fields: list[str] = []

    def total(self) -> Total:
        """Return how many events there are, counted up to a limit."""
        return bounded(self.qs)
