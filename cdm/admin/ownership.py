"""Whose customers they are."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from cdm.admin.base import EDITABLE, CustomerRowAdmin, OwnerFilter
from cdm.models import Ownership
from cdm.operations.assign_owner import assign_owner
from cdp.admin.ending import Ending, EndsMixin
from profiles.models import Profile


@admin.register(Ownership)
class OwnershipAdmin(EndsMixin, CustomerRowAdmin):
    """Which agent looks after which customer."""

    codes = EDITABLE
    list_display = ["profile", "owner", "updated_at"]
    list_filter = [OwnerFilter, ("profile", AutocompleteSelectFilter)]
    ordering = ["-id"]
    prefetched = ("profile", "owner__user")
    autocomplete_fields = ["profile"]
    fields = ["profile", "owner"]
    ending = Ending(
        title=_("Take the customer off this agent"),
        explanation=_("Nobody looks after the customer then."),
        button=_("Take off"),
        done=_("Nobody looks after the customer now."),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("profile",) if obj else ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        form = super().get_form(request, obj, change=change, **options)
        if "owner" in form.base_fields:
            form.base_fields["owner"].required = True
        return form

    def add_row(self, request: HttpRequest, form: Any) -> Ownership:
        return self._assign(request, form.cleaned_data["profile"], form)

    def change_row(self, request: HttpRequest, obj: Ownership, form: Any) -> Ownership:
        return self._assign(request, obj.profile, form)

    def delete_model(self, request: HttpRequest, obj: Ownership) -> None:
        tenant, by = self.tenant(request), self.actor(request)
        assign_owner(tenant=tenant, by=by, profile_ids=[obj.profile_id], owner_id=None)

    def _assign(self, request: HttpRequest, profile: Profile, form: Any) -> Ownership:
        assign_owner(
            tenant=self.tenant(request),
            by=self.actor(request),
            profile_ids=[profile.pk],
            owner_id=form.cleaned_data["owner"].pk,
        )
        row: Ownership = Ownership.objects.get(profile=profile)
        return row
