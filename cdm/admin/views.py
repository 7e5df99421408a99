"""Views of lists that people keep."""

from __future__ import annotations

from django.contrib import admin

from cdm.models import SavedView
from cdp.admin.base import TenantModelAdmin
from cdp.adminsite.permissions import Codes
from cdp.permissions import PROFILE_READ


@admin.register(SavedView)
class SavedViewAdmin(TenantModelAdmin):
    """Filters of the customer list under a name."""

    codes = Codes(view=PROFILE_READ)
    list_display = ["name", "owner", "is_shared", "updated_at"]
    list_select_related = ["owner__user"]
    ordering = ["name", "id"]
    fields = readonly_fields = ["name", "query", "owner", "is_shared", "created_at", "updated_at"]
