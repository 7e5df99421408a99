"""Ids of other systems."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from cdp.admin.base import TenantModelAdmin
from cdp.admin.ending import Ending, EndsMixin
from cdp.adminsite.permissions import Codes
from cdp.permissions import PROFILE_READ, PROFILE_WRITE
from profiles.choices import Source
from profiles.models import ProfileIdentifier
from profiles.operations.identifiers import add_identifier, remove_identifier


@admin.register(ProfileIdentifier)
class ProfileIdentifierAdmin(EndsMixin, TenantModelAdmin):
    """Which customer another system's id belongs to."""

    codes = Codes(view=PROFILE_READ, add=PROFILE_WRITE, delete=PROFILE_WRITE)
    list_display = [
        "external_id",
        "source",
        "source_type",
        "profile",
        "is_primary",
        "match_quality",
        "matched_at",
    ]
    list_filter = [("profile", AutocompleteSelectFilter)]
    list_filter_submit = True
    list_select_related = ["profile"]
    ordering = ["source", "external_id"]
    sortable_by: list[str] = []
    search_fields = ["external_id"]
    search_help_text = _("The id exactly, or for another source SOURCE: id")
    autocomplete_fields = ["profile"]
    fields = [
        "profile",
        "source",
        "source_type",
        "external_id",
        "external_ref",
        "is_primary",
        "match_quality",
    ]
    ending = Ending(
        title=_("Remove this identifier"),
        explanation=_("The customer is no longer found by it."),
        button=_("Remove"),
        done=_("The identifier is removed."),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        # The index begins with the source: an id alone is looked for in the sources known by name.
        term = search_term.strip()
        if not term:
            return queryset, False
        source, colon, external_id = (part.strip() for part in term.partition(":"))
        wanted = Q(source__in=Source.values, external_id=term)
        if colon and source and external_id:
            wanted |= Q(source=source, external_id=external_id)
        return queryset.filter(wanted), False

    def add_row(self, request: HttpRequest, form: Any) -> ProfileIdentifier:
        values = form.cleaned_data
        return add_identifier(
            tenant=self.tenant(request),
            by=self.actor(request),
            profile_id=values["profile"].pk,
            source=values["source"],
            source_type=values["source_type"],
            external_id=values["external_id"],
            external_ref=values["external_ref"],
            is_primary=values["is_primary"],
            match_quality=values["match_quality"],
        )

    def delete_model(self, request: HttpRequest, obj: ProfileIdentifier) -> None:
        remove_identifier(
            tenant=self.tenant(request),
            by=self.actor(request),
            profile_id=obj.profile_id,
            identifier_id=obj.pk,
        )
