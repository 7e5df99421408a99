"""The running count of customers, to be looked at when a total seems wrong."""

from __future__ import annotations

from django.contrib import admin

from cdp.admin.base import TenantModelAdmin
from cdp.adminsite.permissions import Codes
from cdp.permissions import SETTINGS_WRITE
from profiles.models import ProfileTally


@admin.register(ProfileTally)
class ProfileTallyAdmin(TenantModelAdmin):
    """Written by triggers, read by nobody but us."""

    codes = Codes(view=SETTINGS_WRITE)
    list_display = ["created_on", "type", "status", "lifecycle_stage", "delta"]
    ordering = ["status", "type"]
    sortable_by: list[str] = []
    fields = ["created_on", "type", "status", "lifecycle_stage", "delta"]
    readonly_fields = fields
