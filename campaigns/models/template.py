"""Templates."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.choices import AssetKind
from campaigns.models.asset import one_of
from cdp.tenancy.models import DomainModel


class AssetTemplate(DomainModel):
    """A starting point for new assets: its maker's own, or public to everybody in the company."""

    template_name = models.CharField(_("name"), max_length=255)
    template_type = models.CharField(_("kind"), max_length=50, choices=AssetKind.choices)
    template_data = models.JSONField(_("data"), default=dict, encoder=DjangoJSONEncoder)
    description = models.CharField(_("description"), max_length=500, blank=True, default="")
    is_public = models.BooleanField(_("public"), default=False)
    used_count = models.PositiveIntegerField(_("used"), default=0, editable=False)

    class Meta(DomainModel.Meta):
        db_table = "profile_templates"
        ordering = ["template_name", "id"]
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        indexes = [
            models.Index(fields=["tenant", "template_type", "template_name"], name="asset_templates_by_kind")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "template_type", "template_name", "created_by"],
                name="asset_templates_once",
                violation_error_message=_("You have a template of this name already."),
            ),
            one_of("template_type", AssetKind.values, "asset_templates_kind_is_known"),
            models.CheckConstraint(condition=~Q(template_name=""), name="asset_templates_have_a_name"),
        ]

    def __str__(self) -> str:
        return self.template_name
