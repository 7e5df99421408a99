"""What visitors do in the shop, and where they turn back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cdm.choices import BehaviourType, DropOffStage
from cdm.models.columns import no_money, one_of, text
from cdp.tenancy.models import DomainModel, TenantForeignKey, TenantModel


class BehaviourEvent(TenantModel):
    """One thing a customer did in the shop: looked at a product, put it into the cart, searched."""

    profile = TenantForeignKey(
        "profiles.Profile",
        models.CASCADE,
        verbose_name=_("customer"),
        related_name="behaviour_events",
        db_index=False,
    )
    type = models.CharField(_("type"), max_length=20, choices=BehaviourType.choices)
    product = TenantForeignKey(
        "cdm.Product",
        models.SET_NULL,
        verbose_name=_("product"),
        null=True,
        blank=True,
        related_name="behaviour_events",
        db_index=False,
    )
    category = TenantForeignKey(
        "cdm.ProductCategory",
        models.SET_NULL,
        verbose_name=_("category"),
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    # What the shop calls the product and the category, where the catalogue has none of that name yet.
    product_ref = text(_("product id in the shop"), 120)
    category_ref = text(_("category id in the shop"), 120, db_default="")
    query = text(_("searched for"), 255)
    session_id = text(_("session"), 255)
    device_type = text(_("device"), 50)
    occurred_at = models.DateTimeField(_("when"), default=timezone.now)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        db_table = "customer_behavior"
        ordering = ["-occurred_at", "-id"]
        verbose_name = _("behaviour event")
        verbose_name_plural = _("behaviour events")
        indexes = [
            models.Index(fields=["tenant", "profile", "-occurred_at", "-id"], name="behaviour_by_customer"),
            models.Index(fields=["tenant", "-occurred_at", "-id"], name="behaviour_by_time"),
        ]
        constraints = [one_of("type", BehaviourType.values, "behaviour_type_is_known")]

    def __str__(self) -> str:
        return str(self.get_type_display())


class DropOff(DomainModel):
    """One time a customer turned back on the way to an order; recovered when the order came after all."""

    profile = TenantForeignKey(
        "profiles.Profile",
        models.CASCADE,
        verbose_name=_("customer"),
        related_name="drop_offs",
        db_index=False,
    )
    stage = models.CharField(_("stage"), max_length=20, choices=DropOffStage.choices)
    product = TenantForeignKey(
        "cdm.Product",
        models.SET_NULL,
        verbose_name=_("product"),
        null=True,
        blank=True,
        related_name="drop_offs",
        db_index=False,
    )
    product_ref = text(_("product id in the shop"), 120)
    cart_value = no_money(_("value of the cart"))
    reason = text(_("reason"), 255)
    occurred_at = models.DateTimeField(_("when"), default=timezone.now)
    recovered_at = models.DateTimeField(_("recovered"), null=True, blank=True)
    # The order that came after all; None where a person marked the drop-off as recovered.
    recovered_by = TenantForeignKey(
        "cdm.Order",
        models.SET_NULL,
        verbose_name=_("order"),
        null=True,
        blank=True,
        related_name="recovered_drop_offs",
        db_index=False,
    )

    class Meta(DomainModel.Meta):
        db_table = "customer_dropoff_tracking"
        ordering = ["-occurred_at", "-id"]
        verbose_name = _("drop-off")
        verbose_name_plural = _("drop-offs")
        indexes = [
            models.Index(fields=["tenant", "profile", "-occurred_at", "-id"], name="drop_offs_by_customer"),
            models.Index(fields=["tenant", "-occurred_at", "-id"], name="drop_offs_by_time"),
            models.Index(
                fields=["tenant", "-cart_value", "-id"],
                condition=Q(recovered_at__isnull=True),
                name="drop_offs_to_win_back",
            ),
            # An order that is cancelled, moved or removed opens again what it had recovered.
            models.Index(
                fields=["tenant", "recovered_by"],
                condition=Q(recovered_by__isnull=False),
                name="drop_offs_by_order",
            ),
        ]
        constraints = [
            one_of("stage", DropOffStage.values, "drop_offs_stage_is_known"),
            models.CheckConstraint(condition=Q(cart_value__gte=0), name="drop_offs_cart_value_counts"),
        ]

    def __str__(self) -> str:
        return str(self.get_stage_display())
