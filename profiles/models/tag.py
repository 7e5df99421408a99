"""Tags."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cdp.tenancy.models import DomainModel, TenantForeignKey, TenantModel

DEFAULT_COLOR = "#64748B"


class Tag(DomainModel):
    """A coloured label people put on customers."""

    name = models.CharField(_("name"), max_length=60)
    color = models.CharField(
        _("colour"),
        max_length=7,
        default=DEFAULT_COLOR,
        validators=[RegexValidator(r"^#[0-9A-Fa-f]{6}$", _("Use a colour such as #FF0000."))],
    )

    class Meta(DomainModel.Meta):
        db_table = "tags"
        ordering = ["name"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "name"],
                name="tags_name_unique",
                violation_error_message=_("There is already a tag with this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ProfileTag(TenantModel):
    """One tag on one customer."""

    profile = TenantForeignKey(
        "profiles.Profile", models.CASCADE, related_name="profile_tags", db_index=False
    )
    tag = TenantForeignKey(Tag, models.CASCADE, related_name="profile_tags", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        db_table = "profile_tags"
        verbose_name = _("tag on customer")
        verbose_name_plural = _("tags on customers")
        indexes = [models.Index(fields=["tenant", "tag", "profile"], name="profile_tags_by_tag")]
        constraints = [models.UniqueConstraint(fields=["tenant", "profile", "tag"], name="profile_tags_once")]

    def __str__(self) -> str:
        return str(self.tag)
