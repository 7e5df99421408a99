"""Customers as matching sees them, and the index of their keys."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from cdp.tenancy.context import require_tenant_id
from cdp.tenancy.models import TenantForeignKey, TenantModel


class MatchRecord(TenantModel):
    """One customer's normalised, transliterated keys, made from one version of the customer."""

    # Unchecked: the key of the customer, which is, names the tenant as well. One check less for each row.
    tenant = models.ForeignKey(
        "cdp.Tenant",
        models.CASCADE,
        editable=False,
        default=require_tenant_id,
        db_index=False,
        db_constraint=False,
        related_name="+",
    )
    profile = TenantForeignKey(
        "profiles.Profile", models.CASCADE, related_name="match_records", db_index=False
    )
    # PersonRecord in its stored form.
    prepared = models.JSONField(_("keys"))
    # The blocking keys as 64-bit hashes; each has its row in MatchKey.
    keys = ArrayField(models.BigIntegerField(), default=list)
    # Tells whether anything that matching looks at has changed: a verdict holds while this stands.
    fingerprint = models.BigIntegerField()
    profile_version = models.PositiveIntegerField()
    changed_at = models.DateTimeField(_("changed"))

    class Meta(TenantModel.Meta):
        db_table = "match_records"
        verbose_name = _("matching keys of a customer")
        verbose_name_plural = _("matching keys of customers")
        indexes = [models.Index(fields=["tenant", "changed_at"], name="match_records_by_change")]
        constraints = [models.UniqueConstraint(fields=["tenant", "profile"], name="match_records_once")]

    def __str__(self) -> str:
        return str(self.profile_id)


class MatchKey(TenantModel):
    """One blocking key of one customer: records that share a key are compared."""

    id = None  # type: ignore[assignment]
    # Unchecked: the key of the customer, which is, names the tenant as well. One check less for each row.
    tenant = models.ForeignKey(
        "cdp.Tenant",
        models.CASCADE,
        editable=False,
        default=require_tenant_id,
        db_index=False,
        db_constraint=False,
        related_name="+",
    )
    pk = models.CompositePrimaryKey("tenant_id", "key", "profile_id")
    key = models.BigIntegerField()
    profile = TenantForeignKey("profiles.Profile", models.CASCADE, related_name="match_keys", db_index=False)

    class Meta(TenantModel.Meta):
        db_table = "match_keys"
        verbose_name = _("matching key")
        verbose_name_plural = _("matching keys")
        indexes = [models.Index(fields=["tenant", "profile"], name="match_keys_by_profile")]

    def __str__(self) -> str:
        return str(self.key)
