"""What is to be done, and reminders."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import (
    AutocompleteSelectFilter,
    ChoicesDropdownFilter,
    RangeDateFilter,
    RangeDateTimeFilter,
)

from cdm.admin.base import CustomerRowAdmin, OwnerFilter, RecordAdmin
from cdm.models import ActivityTask, OccasionReminder
from cdm.operations.create_task import complete_task, create_task, update_task
from cdm.records.pipeline import TaskChange, TaskRecord
from cdp.adminsite.permissions import Codes
from cdp.permissions import PROFILE_READ, PROFILE_WRITE


@admin.register(ActivityTask)
class ActivityTaskAdmin(RecordAdmin):
    """What colleagues mean to do."""

    codes = Codes(view=PROFILE_READ, add=PROFILE_WRITE, change=PROFILE_WRITE)
    new_record, change_record = TaskRecord, TaskChange
    list_display = ["due_at", "title", "kind", "profile", "owner", "done_at"]
    list_filter = [
        ("kind", ChoicesDropdownFilter),
        OwnerFilter,
        ("profile", AutocompleteSelectFilter),
        ("due_at", RangeDateTimeFilter),
        ("done_at", RangeDateTimeFilter),
    ]
    ordering = ["-id"]
    prefetched = ("profile", "owner__user")
    autocomplete_fields = ["profile", "deal"]
    fields = ["profile", "title", "kind", "notes", "due_at", "owner", "deal", "done_at", "origin"]
    readonly_fields = ("done_at", "origin")
    actions = ["mark_done"]

    def add_row(self, request: HttpRequest, form: Any) -> ActivityTask:
        customer = form.cleaned_data["profile"]
        return create_task(
            tenant=self.tenant(request),
            by=self.actor(request),
            profile_id=customer.pk if customer else None,
            record=self.said(request, form, TaskRecord),
        )

    def change_row(self, request: HttpRequest, obj: ActivityTask, form: Any) -> ActivityTask:
        record = self.said(request, form, TaskChange)
        return update_task(tenant=self.tenant(request), by=self.actor(request), task_id=obj.pk, record=record)

    def has_complete_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request)

    @admin.action(description=_("Mark as done"), permissions=["complete"])
    def mark_done(self, request: HttpRequest, queryset: QuerySet[ActivityTask]) -> None:
        ids = list(queryset.order_by("pk").values_list("pk", flat=True))
        for pk in ids:
            complete_task(tenant=self.tenant(request), by=self.actor(request), task_id=pk)
        self.message_user(request, _("%(number)d tasks are done.") % {"number": len(ids)})


@admin.register(OccasionReminder)
class OccasionReminderAdmin(CustomerRowAdmin):
    """Of which birthdays and anniversaries somebody was reminded."""

    codes = Codes(view=PROFILE_READ)
    list_display = ["occurs_on", "kind", "profile", "family_member", "created_at", "mailed_at"]
    list_filter = [
        ("kind", ChoicesDropdownFilter),
        ("profile", AutocompleteSelectFilter),
        ("occurs_on", RangeDateFilter),
    ]
    ordering = ["-id"]
    prefetched = ("profile", "family_member")
    fields = ["profile", "family_member", "kind", "occurs_on", "created_at", "mailed_at"]
    readonly_fields = fields
