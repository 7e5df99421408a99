"""Sharing."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.choices import AssetKind, PermissionLevel
from campaigns.models.asset import one_of
from cdp.tenancy.models import TenantModel


class AssetPermission(TenantModel):
    """What one person may do with one asset, beyond what their role allows."""

    profile_type = models.CharField(_("kind"), max_length=50, choices=AssetKind.choices)
    profile_id = models.UUIDField(_("asset"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, related_name="+", verbose_name=_("person")
    )
    permission_level = models.CharField(_("may"), max_length=50, choices=PermissionLevel.choices)
    granted_at = models.DateTimeField(_("granted"), auto_now_add=True)
    granted_by = models.CharField(_("by"), max_length=80)

    class Meta(TenantModel.Meta):
        db_table = "profile_permissions"
        ordering = ["-granted_at"]
        verbose_name = _("permission")
        verbose_name_plural = _("permissions")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "profile_id", "profile_type", "user"], name="asset_permissions_once"
            ),
            one_of("profile_type", AssetKind.values, "asset_permissions_kind_is_known"),
            one_of("permission_level", PermissionLevel.values, "asset_permissions_level_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.permission_level} {self.profile_type}"
