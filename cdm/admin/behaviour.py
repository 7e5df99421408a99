"""What visitors do in the shop, and where they turn back."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    RangeDateTimeFilter,
)

from cdm.admin.base import CustomerRowAdmin, RecordAdmin
from cdm.models import BehaviourEvent, DropOff
from cdm.operations.record_drop_off import record_drop_off
from cdm.operations.recover_drop_off import recover_drop_off, reopen_drop_off
from cdm.records.behaviour import DropOffRecord
from cdp.adminsite.permissions import Codes
from cdp.permissions import PROFILE_READ, PROFILE_WRITE


@admin.register(BehaviourEvent)
class BehaviourEventAdmin(CustomerRowAdmin):
    """What was done in the shop; it comes from the shop, and nobody edits the past."""

    codes = Codes(view=PROFILE_READ)
    list_display = ["occurred_at", "type", "profile", "product", "product_ref", "query", "device_type"]
    list_filter = [("profile", AutocompleteSelectFilter), ("occurred_at", RangeDateTimeFilter)]
    ordering = ["-occurred_at", "-id"]
    prefetched = ("profile", "product", "category")
    fields = [
        *("profile", "type", "product", "category", "product_ref", "category_ref", "query"),
        *("session_id", "device_type", "occurred_at", "created_at"),
    ]
    readonly_fields = fields


@admin.register(DropOff)
class DropOffAdmin(RecordAdmin):
    """Who turned back, where and why, and who came after all."""

    codes = Codes(view=PROFILE_READ, add=PROFILE_WRITE)
    new_record = change_record = DropOffRecord
    list_display = ["occurred_at", "profile", "stage", "cart_value", "reason", "recovered_at"]
    list_filter = [
        ("stage", ChoicesDropdownFilter),
        ("profile", AutocompleteSelectFilter),
        ("occurred_at", RangeDateTimeFilter),
        ("recovered_at", RangeDateTimeFilter),
    ]
    ordering = ["-occurred_at", "-id"]
    autocomplete_fields = ["profile"]
    fields = [
        *("profile", "stage", "product", "product_ref", "cart_value", "reason", "occurred_at"),
        *("recovered_at", "recovered_by"),
    ]
    readonly_fields = ("product", "recovered_at", "recovered_by")
    names = {"product_ref": "product_id"}
    actions = ["mark_recovered", "mark_open"]

    def add_row(self, request: HttpRequest, form: Any) -> DropOff:
        return record_drop_off(
            tenant=self.tenant(request),
            by=self.actor(request),
            profile_id=form.cleaned_data["profile"].pk,
            record=self.said(request, form, DropOffRecord),
        )

    def has_recover_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request)

    @admin.action(description=_("Mark as recovered"), permissions=["recover"])
    def mark_recovered(self, request: HttpRequest, queryset: QuerySet[DropOff]) -> None:
        ids = list(queryset.order_by("pk").values_list("pk", flat=True))
        for pk in ids:
            recover_drop_off(tenant=self.tenant(request), by=self.actor(request), drop_off_id=pk)
        self.message_user(request, _("%(number)d drop-offs are recovered.") % {"number": len(ids)})

    @admin.action(description=_("Mark as open again"), permissions=["recover"])
    def mark_open(self, request: HttpRequest, queryset: QuerySet[DropOff]) -> None:
        ids = list(queryset.order_by("pk").values_list("pk", flat=True))
        for pk in ids:
            reopen_drop_off(tenant=self.tenant(request), by=self.actor(request), drop_off_id=pk)
        self.message_user(request, _("%(number)d drop-offs are open again.") % {"number": len(ids)})
