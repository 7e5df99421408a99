"""The audit trail, to be read."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateTimeFilter

from cdp.admin.base import TenantModelAdmin
from cdp.adminsite.history import history_address, line_of, object_in_words
from cdp.adminsite.permissions import Codes
from cdp.adminsite.verbs import verb_in_words
from cdp.models import AuditEntry
from cdp.permissions import AUDIT_READ


@admin.register(AuditEntry)
class AuditEntryAdmin(TenantModelAdmin):
    """Who did what; nobody changes it."""

    codes = Codes(view=AUDIT_READ)
    list_display = ["at", "actor_label", "shown_verb", "shown_object", "shown_fields"]
    list_display_links = ["at"]
    list_filter = [("at", RangeDateTimeFilter)]
    list_filter_submit = True
    sortable_by = ["at"]
    ordering = ["-at", "-id"]
    search_fields = ["object_id"]
    search_help_text = _("Id of an object")
    fields = ["at", "actor_label", "actor_kind", "shown_verb", "shown_object", "shown_changes", "request_id"]
    readonly_fields = fields

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if not search_term:
            return queryset, False
        try:
            return queryset.filter(object_id=uuid.UUID(search_term.strip())), False
        except ValueError:
            return queryset.none(), False

    @admin.display(description=_("what"))
    def shown_verb(self, entry: AuditEntry) -> str:
        return verb_in_words(entry.verb)

    @admin.display(description=_("object"))
    def shown_object(self, entry: AuditEntry) -> str:
        name, address = object_in_words(entry.object_type), history_address(entry)
        return format_html('<a href="{}">{}</a>', address, name) if address else name

    @admin.display(description=_("changed"))
    def shown_fields(self, entry: AuditEntry) -> str:
        return ", ".join(change.field for change in line_of(entry, None).changes)[:120]

    @admin.display(description=_("changes"))
    def shown_changes(self, entry: AuditEntry) -> str:
        line = line_of(entry, None)
        return format_html_join(
            "", "<p>{}: {} → {}</p>", ((c.field, c.before or "–", c.after or "–") for c in line.changes)
        )
