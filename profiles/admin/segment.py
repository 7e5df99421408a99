"""Segments, and which customers are in them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from cdp.admin.base import TenantModelAdmin
from cdp.admin.ending import Ending, EndsMixin
from cdp.adminsite.palette import InPalette
from cdp.adminsite.permissions import Codes
from cdp.permissions import PROFILE_READ, PROFILE_WRITE
from profiles.models import Segment, SegmentMembership
from profiles.operations.segment_profiles import add_to_segments, remove_from_segments
from profiles.operations.segments import create_segment, delete_segment, update_segment


@admin.register(Segment)
class SegmentAdmin(EndsMixin, InPalette, TenantModelAdmin):
    """The segments of the active tenant."""

    codes = Codes(view=PROFILE_READ, add=PROFILE_WRITE, change=PROFILE_WRITE, delete=PROFILE_WRITE)
    palette_icon = "donut_small"
    list_display = ["name", "description", "created_at"]
    ordering = ["name"]
    sortable_by = ["name"]
    search_fields = ["name"]
    fields = ["name", "description"]
    ending = Ending(
        title=_("Delete this segment"),
        explanation=_("The customers in it stay."),
        button=_("Delete"),
        done=_("The segment is deleted."),
    )

    def add_row(self, request: HttpRequest, form: Any) -> Segment:
        return create_segment(tenant=self.tenant(request), by=self.actor(request), **form.cleaned_data)

    def change_row(self, request: HttpRequest, obj: Segment, form: Any) -> Segment:
        return update_segment(
            tenant=self.tenant(request), by=self.actor(request), segment_id=obj.pk, **form.cleaned_data
        )

    def delete_model(self, request: HttpRequest, obj: Segment) -> None:
        delete_segment(tenant=self.tenant(request), by=self.actor(request), segment_id=obj.pk)


@admin.register(SegmentMembership)
class SegmentMembershipAdmin(EndsMixin, TenantModelAdmin):
    """Which customer is in which segment."""

    codes = Codes(view=PROFILE_READ, add=PROFILE_WRITE, delete=PROFILE_WRITE)
    list_display = ["profile", "segment", "created_at"]
    list_filter = [("segment", AutocompleteSelectFilter), ("profile", AutocompleteSelectFilter)]
    list_filter_submit = True
    list_select_related = ["profile", "segment"]
    ordering = ["segment_id", "profile_id"]
    sortable_by: list[str] = []
    autocomplete_fields = ["profile", "segment"]
    fields = ["profile", "segment"]
    ending = Ending(
        title=_("Take the customer out of this segment"),
        explanation=_("The customer and the segment stay."),
        button=_("Take out"),
        done=_("The customer is taken out."),
    )

    def add_row(self, request: HttpRequest, form: Any) -> SegmentMembership:
        profile, segment = form.cleaned_data["profile"], form.cleaned_data["segment"]
        add_to_segments(
            tenant=self.tenant(request),
            by=self.actor(request),
            profile_ids=[profile.pk],
            segment_ids=[segment.pk],
        )
        member: SegmentMembership = SegmentMembership.objects.get(profile=profile, segment=segment)
        return member

    def delete_model(self, request: HttpRequest, obj: SegmentMembership) -> None:
        remove_from_segments(
            tenant=self.tenant(request),
            by=self.actor(request),
            profile_ids=[obj.profile_id],
            segment_ids=[obj.segment_id],
        )
