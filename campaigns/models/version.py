"""What assets looked like before."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.choices import AssetKind
from campaigns.models.asset import one_of
from cdp.tenancy.models import LedgerModel


class AssetVersion(LedgerModel):
    """One asset as it was at one version; kept when the asset is gone."""

    profile_type = models.CharField(_("kind"), max_length=50, choices=AssetKind.choices)
    profile_id = models.UUIDField(_("asset"))
    version = models.PositiveIntegerField(_("version"))
    data = models.JSONField(_("data"), default=dict, encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    created_by = models.CharField(_("by"), max_length=80, blank=True, default="")

    class Meta(LedgerModel.Meta):
        db_table = "profile_version_history"
        ordering = ["-version"]
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "profile_id", "profile_type", "version"], name="asset_versions_once"
            ),
            one_of("profile_type", AssetKind.values, "asset_versions_kind_is_known"),
            models.CheckConstraint(condition=Q(version__gte=1), name="asset_versions_count"),
        ]

    def __str__(self) -> str:
        return f"{self.profile_type} {self.version}"
