"""Relatives."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from cdm.admin.base import RecordAdmin
from cdm.models import FamilyMember
from cdm.operations.add_family_member import add_family_member
from cdm.operations.change_family_member import remove_family_member, update_family_member
from cdm.records.family import FamilyChange, FamilyRecord
from cdp.admin.ending import Ending, EndsMixin


@admin.register(FamilyMember)
class FamilyMemberAdmin(EndsMixin, RecordAdmin):
    """Who is related to whom."""

    new_record, change_record = FamilyRecord, FamilyChange
    names = {"relative": "relative_id"}
    list_display = ["name", "relationship", "profile", "relative", "date_of_birth", "phone", "email"]
    list_filter = [("relationship", ChoicesDropdownFilter), ("profile", AutocompleteSelectFilter)]
    ordering = ["-id"]
    prefetched = ("profile", "relative")
    autocomplete_fields = ["profile", "relative"]
    fields = [
        *("profile", "name", "relationship", "relative", "phone", "email", "gender", "profession"),
        *("date_of_birth", "partial_birth_date", "anniversary_date", "partial_anniversary", "is_deceased"),
    ]
    ending = Ending(
        title=_("Remove this family member"),
        explanation=_("The customer and the relative's own profile stay."),
        button=_("Remove"),
        done=_("The family member is removed."),
    )

    def add_row(self, request: HttpRequest, form: Any) -> FamilyMember:
        record = self.said(request, form, FamilyRecord)
        if record.relative_id is None:
            # Left empty, the relative is looked for by e-mail and phone.
            record = FamilyRecord.parse(record.said("relative_id"), tenant=self.tenant(request))
        return add_family_member(
            tenant=self.tenant(request),
            by=self.actor(request),
            profile_id=form.cleaned_data["profile"].pk,
            record=record,
        )

    def change_row(self, request: HttpRequest, obj: FamilyMember, form: Any) -> FamilyMember:
        return update_family_member(
            tenant=self.tenant(request),
            by=self.actor(request),
            member_id=obj.pk,
            record=self.said(request, form, FamilyChange),
        )

    def delete_model(self, request: HttpRequest, obj: FamilyMember) -> None:
        remove_family_member(tenant=self.tenant(request), by=self.actor(request), member_id=obj.pk)
