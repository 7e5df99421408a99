"""Templates, permissions and segments of assets."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from campaigns.choices import AssetKind, PermissionLevel
from campaigns.models import AssetPermission, AssetTemplate, TargetSegment
from campaigns.operations import templates
from campaigns.operations.sharing import grant_permission, revoke_permission
from campaigns.operations.target_segments import follow_target, unfollow_target
from campaigns.operations.templates import TemplateRecord
from cdp.admin.base import TenantModelAdmin
from cdp.admin.ending import Ending, EndsMixin
from cdp.adminsite.permissions import Codes, may
from cdp.models import Membership, User
from cdp.permissions import CAMPAIGN_DELETE, CAMPAIGN_READ, CAMPAIGN_WRITE, PROFILE_WRITE


class _WhoMixin:
    def _who(self, request: HttpRequest) -> dict[str, Any]:
        return {"tenant": self.tenant(request), "by": self.actor(request)}  # type: ignore[attr-defined]


@admin.register(AssetTemplate)
class AssetTemplateAdmin(_WhoMixin, EndsMixin, TenantModelAdmin):
    """Starting points: one's own, and those that are public. They are made on the page of an asset."""

    codes = Codes(view=CAMPAIGN_READ, change=CAMPAIGN_WRITE, delete=CAMPAIGN_WRITE)
    ordering = ["template_name", "id"]
    sortable_by: list[str] = []
    search_fields = ["template_name"]
    list_display = ["template_name", "template_type", "is_public", "used_count", "updated_at"]
    list_filter = [("template_type", ChoicesDropdownFilter), "is_public"]
    list_filter_submit = True
    fields = ["template_name", "description", "is_public", "template_type", "template_data", "used_count"]
    readonly_fields = ["template_type", "template_data", "used_count"]
    ending = Ending(
        title=_("Remove this template"),
        explanation=_("What was made of it stays."),
        button=_("Remove"),
        done=_("The template is gone."),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        own = Q(created_by=str(self.actor(request)))
        return super().get_queryset(request).filter(own | Q(is_public=True))

    def _is_own(self, request: HttpRequest, obj: Any) -> bool:
        return obj is None or obj.created_by == str(self.actor(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._is_own(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._is_own(request, obj)

    def change_row(self, request: HttpRequest, obj: Any, form: Any) -> AssetTemplate:
        values = form.cleaned_data
        said = {
            "templateName": values["template_name"],
            "description": values["description"],
            "isPublic": values["is_public"],
        }
        record = TemplateRecord.parse(said, tenant=self.tenant(request))
        return templates.update_template(**self._who(request), template_id=obj.pk, record=record)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        templates.delete_template(**self._who(request), template_id=obj.pk)


@admin.register(AssetPermission)
class AssetPermissionAdmin(_WhoMixin, EndsMixin, TenantModelAdmin):
    """Who may do more with what."""

    codes = Codes(view=CAMPAIGN_READ, add=CAMPAIGN_DELETE, change=CAMPAIGN_DELETE, delete=CAMPAIGN_DELETE)
    ordering = ["-granted_at", "-id"]
    sortable_by: list[str] = []
    list_display = ["user", "permission_level", "profile_type", "profile_id", "granted_at"]
    list_filter = [("profile_type", ChoicesDropdownFilter), ("permission_level", ChoicesDropdownFilter)]
    list_filter_submit = True
    list_select_related = ["user"]
    fields = ["profile_type", "profile_id", "user", "permission_level"]
    ending = Ending(
        title=_("Stop sharing"),
        explanation=_("The person's role stays what it is."),
        button=_("Stop"),
        done=_("It is no longer shared with them."),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["profile_type", "profile_id", "user"] if obj else []

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **options: Any) -> Any:
        if db_field.name == "user":
            working = Membership.objects.filter(tenant=self.tenant(request), is_active=True)
            options["queryset"] = User.objects.filter(pk__in=working.values("user_id")).order_by("email")
        return super().formfield_for_foreignkey(db_field, request, **options)

    def add_row(self, request: HttpRequest, form: Any) -> AssetPermission:
        values = form.cleaned_data
        return self._grant(request, values["profile_type"], values["profile_id"], values["user"].pk, values)

    def change_row(self, request: HttpRequest, obj: Any, form: Any) -> AssetPermission:
        return self._grant(request, obj.profile_type, obj.profile_id, obj.user_id, form.cleaned_data)

    def _grant(
        self, request: HttpRequest, kind: str, asset_id: Any, user_id: Any, values: dict[str, Any]
    ) -> AssetPermission:
        return grant_permission(
            **self._who(request),
            kind=AssetKind(kind),
            asset_id=asset_id,
            user_id=user_id,
            level=PermissionLevel(values["permission_level"]),
        )

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        revoke_permission(
            **self._who(request),
            kind=AssetKind(obj.profile_type),
            asset_id=obj.profile_id,
            user_id=obj.user_id,
        )


@admin.register(TargetSegment)
class TargetSegmentAdmin(_WhoMixin, EndsMixin, TenantModelAdmin):
    """Segments that follow a target profile."""

    codes = Codes(view=CAMPAIGN_READ, add=CAMPAIGN_WRITE, delete=CAMPAIGN_WRITE)
    ordering = ["-created_at", "-id"]
    sortable_by: list[str] = []
    list_display = ["target", "segment", "size", "refreshed_at"]
    list_select_related = ["target", "segment"]
    autocomplete_fields = ["target"]
    ending = Ending(
        title=_("Leave this segment as it is"),
        explanation=_("It no longer follows the target profile; the customers in it stay."),
        button=_("Leave it"),
        done=_("The segment stays as it is from now on."),
    )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["target"] if obj is None else ["target", "segment", "size", "refreshed_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and may(request, PROFILE_WRITE)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and may(request, PROFILE_WRITE)

    def add_row(self, request: HttpRequest, form: Any) -> TargetSegment:
        return follow_target(**self._who(request), target_id=form.cleaned_data["target"].pk)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        unfollow_target(**self._who(request), target_id=obj.target_id)
