"""E-mails and phones."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from cdp.admin.base import TenantModelAdmin
from cdp.admin.ending import Ending, EndsMixin
from cdp.adminsite.permissions import Codes
from cdp.permissions import PROFILE_READ, PROFILE_WRITE
from profiles.choices import ContactKind
from profiles.models import ContactPoint
from profiles.operations.contact_points import add_contact_point, remove_contact_point
from profiles.panels.known_words import use_in_words


@admin.register(ContactPoint)
class ContactPointAdmin(EndsMixin, TenantModelAdmin):
    """Whose e-mail or phone it is, and who told us."""

    codes = Codes(view=PROFILE_READ, add=PROFILE_WRITE, delete=PROFILE_WRITE)
    list_display = ["value", "kind", "profile", "use", "source", "created_at"]
    list_filter = [("profile", AutocompleteSelectFilter)]
    list_filter_submit = True
    list_select_related = ["profile"]
    # As the index has it: by value, so that sorting a million costs nothing.
    ordering = ["value", "kind", "profile_id"]
    sortable_by: list[str] = []
    search_fields = ["value"]
    search_help_text = _("The whole e-mail address, or the whole phone as +66812345678")
    autocomplete_fields = ["profile"]
    fields = ["profile", "kind", "value", "type", "source"]
    ending = Ending(
        title=_("Remove this contact point"),
        explanation=_("The customer is no longer found by it. Another one becomes the primary one."),
        button=_("Remove"),
        done=_("The contact point is removed."),
    )

    @admin.display(description=_("type"))
    def use(self, point: ContactPoint) -> str:
        """Return what it is used for, as people read it."""
        return use_in_words(point.type)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        term = search_term.strip().lower()
        return (queryset.filter(value=term) if term else queryset), False

    def add_row(self, request: HttpRequest, form: Any) -> ContactPoint:
        values = form.cleaned_data
        return add_contact_point(
            tenant=self.tenant(request),
            by=self.actor(request),
            profile_id=values["profile"].pk,
            kind=ContactKind(values["kind"]),
            value=values["value"],
            type=values["type"],
            source=values["source"],
        )

    def delete_model(self, request: HttpRequest, obj: ContactPoint) -> None:
        remove_contact_point(
            tenant=self.tenant(request),
            by=self.actor(request),
            profile_id=obj.profile_id,
            contact_point_id=obj.pk,
        )
