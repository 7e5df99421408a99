"""Templates, permissions and segments of assets."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from campaigns.admin.assets import ReadAdmin
from campaigns.models import AssetPermission, AssetTemplate, TargetSegment


@admin.register(AssetTemplate)
class AssetTemplateAdmin(ReadAdmin):
    """Starting points: one's own, and those that are public."""

    ordering = ["template_name", "id"]
    list_display = ["template_name", "template_type", "is_public", "used_count", "created_by"]
    list_filter = ["template_type", "is_public"]
    list_filter_submit = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        own = Q(created_by=str(self.actor(request)))
        return super().get_queryset(request).filter(own | Q(is_public=True))


@admin.register(AssetPermission)
class AssetPermissionAdmin(ReadAdmin):
    """Who may do more with what."""

    ordering = ["-granted_at", "-id"]
    list_display = ["profile_type", "profile_id", "user", "permission_level", "granted_by", "granted_at"]
    list_select_related = ["user"]


@admin.register(TargetSegment)
class TargetSegmentAdmin(ReadAdmin):
    """Segments that follow a target profile."""

    ordering = ["-created_at", "-id"]
    list_display = ["target", "segment", "size", "refreshed_at"]
    list_select_related = ["target", "segment"]
