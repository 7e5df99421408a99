"""Failed log-ins, for the platform's own people."""

from __future__ import annotations

from typing import Any

from axes.models import AccessAttempt
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cdp.admin.base import PlatformModelAdmin


@admin.register(AccessAttempt)
class AccessAttemptAdmin(PlatformModelAdmin):
    """Who has failed to log in from where; deleting a row lifts the lockout."""

    list_display = ["attempt_time", "username", "ip_address", "failures_since_start"]
    ordering = ["-attempt_time", "-id"]
    sortable_by = ["attempt_time"]
    search_fields = ["username", "ip_address"]
    search_help_text = _("E-mail or network address")
    fields = ["attempt_time", "username", "ip_address", "user_agent", "path_info", "failures_since_start"]
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def delete_model(self, request: HttpRequest, obj: AccessAttempt) -> None:
        obj.delete()
