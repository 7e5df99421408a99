"""What the five kinds of assets share."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.choices import AssetKind
from campaigns.querysets import AssetQuerySet
from cdp.tenancy.models import DomainModel, TenantManager

AssetManager = TenantManager.from_queryset(AssetQuerySet)


class Asset(DomainModel):
    """Something campaigns are planned with: versioned, deleted softly first, shared, measured."""

    kind: ClassVar[AssetKind]
    # What a version remembers, and a restore brings back.
    versioned_fields: ClassVar[tuple[str, ...]]

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    metadata = models.JSONField(_("metadata"), default=dict, blank=True)
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True, editable=False)

    objects: ClassVar = AssetManager()

    class Meta(DomainModel.Meta):
        abstract = True

    @property
    def title(self) -> str:
        """Return what people call it."""
        return str(self)

    @property
    def is_deleted(self) -> bool:
        """Tell whether it lies in the bin."""
        return self.deleted_at is not None


def listed(table: str) -> models.Index:
    """Return the index of a list: what is not deleted, the newest first."""
    return models.Index(
        fields=["tenant", "-created_at", "-id"],
        condition=Q(deleted_at__isnull=True),
        name=f"{table}_listed",
    )


def one_of(field: str, values: Any, name: str) -> models.CheckConstraint:
    """Return the rule that a column holds one of ``values``."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)
