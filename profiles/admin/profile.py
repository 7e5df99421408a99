"""Customers."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.decorators import display

from cdp.admin.base import TenantModelAdmin
from cdp.admin.ending import Ending, EndsMixin
from cdp.adminsite.palette import InPalette
from cdp.adminsite.permissions import Codes
from cdp.permissions import PROFILE_DELETE, PROFILE_READ, PROFILE_WRITE
from profiles.admin.actions import BulkActions
from profiles.admin.export import Exports
from profiles.admin.filters import SegmentFilter, StatusFilter, TagFilter
from profiles.admin.forms import ADDRESS, ProfileForm
from profiles.admin.history import WithImports
from profiles.admin.inlines import ContactPointInline, IdentifierInline, SegmentInline, TagInline
from profiles.admin.paginator import TallyPaginator
from profiles.models import Profile
from profiles.operations.create_profile import create_profile
from profiles.operations.deactivate_profiles import deactivate_profiles
from profiles.operations.update_profile import update_profile

# Query parameters that leave the list whole.
_UNFILTERING = {"p", "o", "e", "all", "_popup", "_to_field"}


@admin.register(Profile)
class ProfileAdmin(WithImports, BulkActions, Exports, EndsMixin, InPalette, TenantModelAdmin):
    """Every customer of the active tenant; the pages for agents are at /admin/customers."""

    codes = Codes(view=PROFILE_READ, add=PROFILE_WRITE, change=PROFILE_WRITE, delete=PROFILE_DELETE)
    form = ProfileForm
    palette_icon = "person"
    list_display = ["shown_name", "email", "phone", "shown_type", "shown_stage", "shown_tags", "created_at"]
    list_filter = [
        StatusFilter,
        ("type", ChoicesDropdownFilter),
        ("lifecycle_stage", ChoicesDropdownFilter),
        TagFilter,
        SegmentFilter,
        ("created_at", RangeDateTimeFilter),
    ]
    list_filter_submit = True
    sortable_by = ["shown_name", "created_at"]
    ordering = ["-created_at", "-id"]
    search_fields = ["name"]
    search_help_text = _("Name, company, e-mail, phone or member id")
    inlines = [ContactPointInline, IdentifierInline, TagInline, SegmentInline]
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "type",
                    "name",
                    "first_name",
                    "last_name",
                    "company_name",
                    "display_name",
                    "seen_version",
                )
            },
        ),
        (_("Contact"), {"fields": ("email", "phone", *ADDRESS, "available_time", "contact_preferences")}),
        (
            _("Person"),
            {
                "fields": (
                    *("date_of_birth", "partial_birth_date", "gender", "marital_status"),
                    *("anniversary_date", "partial_anniversary", "profession", "is_deceased"),
                    *("lifecycle_stage", "membership_tier", "member_id"),
                )
            },
        ),
        (
            _("Company"),
            {"fields": ("company_tax_id", "industry", "company_size", "website"), "classes": ["tab"]},
        ),
        (
            _("Ids"),
            {
                "fields": ("auth_user_id", "scl_member_id", "teetime_player_id", "messaging_contact_id"),
                "classes": ["tab"],
            },
        ),
        (
            _("More"),
            {
                "fields": ("attributes", "primary_source", "status", "created_at", "updated_at"),
                "classes": ["tab"],
            },
        ),
    )
    readonly_fields = ["primary_source", "status", "created_at", "updated_at"]
    change_form_outer_before_template = "admin/profiles/profile/_page_link.html"
    change_form_before_template = "admin/profiles/profile/_duplicates.html"
    ending = Ending(
        title=_("Deactivate this customer"),
        explanation=_("Lists show the customer as inactive. Nothing is lost, and it can be taken back."),
        button=_("Deactivate"),
        done=_("The customer is inactive now."),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Profile]:
        queryset: Any = super().get_queryset(request)
        match = request.resolver_match
        if match is not None and match.url_name == "profiles_profile_changelist":
            queryset = queryset.for_list()
        visible: QuerySet[Profile] = queryset.visible()
        return visible

    def get_paginator(
        self, request: HttpRequest, queryset: Any, per_page: Any, *args: Any, **options: Any
    ) -> Paginator:  # type: ignore[type-arg]
        if set(request.GET) - _UNFILTERING:
            paginator: Paginator[Any] = super().get_paginator(request, queryset, per_page, *args, **options)
            return paginator
        return TallyPaginator(queryset, per_page, *args, **options)

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return (queryset.matching(search_term) if search_term.strip() else queryset), False

    def get_inlines(self, request: HttpRequest, obj: Profile | None) -> list[Any]:
        return list(self.inlines) if obj else []

    def get_fieldsets(self, request: HttpRequest, obj: Profile | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj:
            return fieldsets
        first, *others = fieldsets
        return [(None, {"fields": (*first[1]["fields"], "allow_duplicate")}), *others]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        form = super().get_form(request, obj, change, **options)
        return type(form.__name__, (form,), {"tenant": self.tenant(request)})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        survivor = self._survivor(request, object_id)
        if survivor is not None:
            return HttpResponseRedirect(reverse("admin:profiles_profile_change", args=[survivor.pk]))
        response: HttpResponse = super().change_view(request, object_id, form_url, extra_context)
        return response

    def _survivor(self, request: HttpRequest, object_id: str) -> Profile | None:
        """Return who a merged customer lives on as."""
        if not self.has_view_permission(request):
            return None
        try:
            found = Profile.objects.follow(uuid.UUID(object_id))
        except (ValueError, Profile.DoesNotExist):
            return None
        return found if str(found.pk) != object_id.lower() else None

    def add_row(self, request: HttpRequest, form: Any) -> Profile:
        return create_profile(
            tenant=self.tenant(request),
            by=self.actor(request),
            record=form.record,
            allow_duplicate=form.cleaned_data["allow_duplicate"],
        )

    def change_row(self, request: HttpRequest, obj: Profile, form: Any) -> Profile:
        return update_profile(
            tenant=self.tenant(request),
            by=self.actor(request),
            profile_id=obj.pk,
            record=form.record,
            version=form.cleaned_data["seen_version"],
        )

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        # Each inline knows the verbs for its rows.
        inline = next(
            i for i in self.get_inline_instances(request, form.instance) if i.model is formset.model
        )
        inline.save_rows(request, form.instance, formset)

    def delete_model(self, request: HttpRequest, obj: Profile) -> None:
        deactivate_profiles(tenant=self.tenant(request), by=self.actor(request), profile_ids=[obj.pk])

    def page_of(self, row: Profile) -> str:
        return reverse("customer", args=[row.pk])

    @admin.display(description=_("name"), ordering="name")
    def shown_name(self, profile: Profile) -> str:
        return profile.shown_name

    @admin.display(description=_("type"))
    def shown_type(self, profile: Profile) -> str:
        return profile.get_type_display()

    @display(description=_("lifecycle stage"), label=True)  # type: ignore[untyped-decorator]
    def shown_stage(self, profile: Profile) -> str:
        return profile.get_lifecycle_stage_display()

    @admin.display(description=_("tags"))
    def shown_tags(self, profile: Profile) -> str:
        return ", ".join(sorted(link.tag.name for link in profile.profile_tags.all()))
