"""Tags, and which customers have them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from cdp.admin.base import TenantModelAdmin
from cdp.admin.ending import Ending, EndsMixin
from cdp.adminsite.palette import InPalette
from cdp.adminsite.permissions import Codes
from cdp.permissions import PROFILE_READ, PROFILE_WRITE
from profiles.admin.forms import TagForm
from profiles.models import ProfileTag, Tag
from profiles.operations.tag_profiles import tag_profiles, untag_profiles
from profiles.operations.tags import create_tag, delete_tag, update_tag
from profiles.records import TagRef


@admin.register(Tag)
class TagAdmin(EndsMixin, InPalette, TenantModelAdmin):
    """The tags of the active tenant."""

    codes = Codes(view=PROFILE_READ, add=PROFILE_WRITE, change=PROFILE_WRITE, delete=PROFILE_WRITE)
    form = TagForm
    palette_icon = "sell"
    list_display = ["name", "swatch", "created_at"]
    ordering = ["name"]
    sortable_by = ["name"]
    search_fields = ["name"]
    ending = Ending(
        title=_("Delete this tag"),
        explanation=_("It is taken off every customer who has it. The customers stay."),
        button=_("Delete"),
        done=_("The tag is deleted."),
    )

    def add_row(self, request: HttpRequest, form: Any) -> Tag:
        return create_tag(tenant=self.tenant(request), by=self.actor(request), **form.cleaned_data)

    def change_row(self, request: HttpRequest, obj: Tag, form: Any) -> Tag:
        return update_tag(
            tenant=self.tenant(request), by=self.actor(request), tag_id=obj.pk, **form.cleaned_data
        )

    def delete_model(self, request: HttpRequest, obj: Tag) -> None:
        delete_tag(tenant=self.tenant(request), by=self.actor(request), tag_id=obj.pk)

    @admin.display(description=_("colour"))
    def swatch(self, tag: Tag) -> str:
        # The colour is data: an SVG shows it without a style attribute.
        return format_html(
            '<svg class="inline" width="16" height="16" aria-hidden="true">'
            '<rect width="16" height="16" rx="4" fill="{}"/></svg> {}',
            tag.color,
            tag.color,
        )


@admin.register(ProfileTag)
class ProfileTagAdmin(EndsMixin, TenantModelAdmin):
    """Which customer has which tag."""

    codes = Codes(view=PROFILE_READ, add=PROFILE_WRITE, delete=PROFILE_WRITE)
    list_display = ["profile", "tag", "created_at"]
    list_filter = [("tag", AutocompleteSelectFilter), ("profile", AutocompleteSelectFilter)]
    list_filter_submit = True
    list_select_related = ["profile", "tag"]
    ordering = ["tag_id", "profile_id"]
    sortable_by: list[str] = []
    autocomplete_fields = ["profile", "tag"]
    fields = ["profile", "tag"]
    ending = Ending(
        title=_("Take this tag off"),
        explanation=_("The customer and the tag stay."),
        button=_("Take off"),
        done=_("The tag is taken off."),
    )

    def add_row(self, request: HttpRequest, form: Any) -> ProfileTag:
        profile, tag = form.cleaned_data["profile"], form.cleaned_data["tag"]
        tag_profiles(
            tenant=self.tenant(request),
            by=self.actor(request),
            profile_ids=[profile.pk],
            tags=[TagRef(id=str(tag.pk))],
        )
        link: ProfileTag = ProfileTag.objects.get(profile=profile, tag=tag)
        return link

    def delete_model(self, request: HttpRequest, obj: ProfileTag) -> None:
        untag_profiles(
            tenant=self.tenant(request),
            by=self.actor(request),
            profile_ids=[obj.profile_id],
            tag_ids=[obj.tag_id],
        )
