"""What matching sees of customers."""

from __future__ import annotations

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cdp.admin.base import TenantModelAdmin
from cdp.adminsite.permissions import Codes
from cdp.permissions import SETTINGS_WRITE
from unify.admin.shown import as_json
from unify.models import MatchRecord


@admin.register(MatchRecord)
class MatchRecordAdmin(TenantModelAdmin):
    """Normalised keys, to be looked at when a pair is found or missed against expectation."""

    codes = Codes(view=SETTINGS_WRITE)
    list_display = ["profile", "profile_version", "changed_at"]
    list_select_related = ["profile"]
    ordering = ["-changed_at"]
    sortable_by: list[str] = []
    fields = ["profile", "profile_version", "shown_keys", "fingerprint", "changed_at"]
    readonly_fields = fields

    @admin.display(description=_("keys"))
    def shown_keys(self, record: MatchRecord) -> SafeString:
        return as_json(record.prepared)
