"""Events."""

from __future__ import annotations

import json

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateTimeFilter

from cdp.admin.base import TenantModelAdmin
from cdp.adminsite.permissions import Codes
from cdp.permissions import PROFILE_READ
from profiles.admin.filters import EventTypeFilter
from profiles.models import CustomerEvent


@admin.register(CustomerEvent)
class CustomerEventAdmin(TenantModelAdmin):
    """What happened; events come from sources, and nobody edits the past."""

    codes = Codes(view=PROFILE_READ)
    list_display = ["timestamp", "type", "profile", "source"]
    list_filter = [EventTypeFilter, ("profile", AutocompleteSelectFilter), ("timestamp", RangeDateTimeFilter)]
    list_filter_submit = True
    list_select_related = ["profile"]
    ordering = ["-timestamp", "-id"]
    sortable_by: list[str] = []
    fields = ["type", "timestamp", "profile", "source", "customer_id", "shown_payload", "created_at"]
    readonly_fields = fields

    @admin.display(description=_("payload"))
    def shown_payload(self, event: CustomerEvent) -> str:
        return format_html("<pre>{}</pre>", json.dumps(event.payload, indent=2, ensure_ascii=False))
