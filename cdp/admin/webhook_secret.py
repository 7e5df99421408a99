"""Secrets of outgoing webhooks: which there are, never what they are."""

from __future__ import annotations

from django.contrib import admin

from cdp.admin.base import TenantModelAdmin
from cdp.adminsite.permissions import Codes
from cdp.models import WebhookSecret
from cdp.permissions import SETTINGS_WRITE


@admin.register(WebhookSecret)
class WebhookSecretAdmin(TenantModelAdmin):
    """The one in use, and those before it; a page of their own makes a new one."""

    codes = Codes(view=SETTINGS_WRITE)
    ordering = ["-created_at", "-id"]
    sortable_by: list[str] = []
    list_display = ["hint", "created_at", "ends_at"]
    fields = ["hint", "created_at", "created_by", "ends_at"]
    readonly_fields = fields
