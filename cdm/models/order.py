"""Orders and returns."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cdm.choices import OrderKind, OrderStatus
from cdm.models.columns import money, no_money, one_of, text
from cdp.tenancy.models import DomainModel, TenantForeignKey, TenantModel


class Order(DomainModel):
    """One sale or return as its source numbers it; without a customer it is an anonymous sale.

    Amounts of returns are negative: the sum of a customer's orders is what they have spent.
    """

    profile = TenantForeignKey(
        "profiles.Profile",
        models.SET_NULL,
        verbose_name=_("customer"),
        null=True,
        blank=True,
        related_name="orders",
        db_index=False,
    )
    # What the source calls the customer: an order that came before its customer finds them later.
    customer_ref = text(_("customer id in the source"), 255)
    source = text(_("source"), 40)
    number = models.CharField(_("number"), max_length=120)
    kind = models.CharField(_("kind"), max_length=6, choices=OrderKind.choices, default=OrderKind.SALE)
    status = models.CharField(
        _("status"), max_length=10, choices=OrderStatus.choices, default=OrderStatus.COMPLETED
    )
    ordered_at = models.DateTimeField(_("ordered"))
    currency = models.CharField(_("currency"), max_length=3)
    total = no_money(_("total"))
    # How much of this sale came back later; positive, and never more than the total.
    returned = no_money(_("returned"))
    returns = TenantForeignKey(
        "self", models.SET_NULL, verbose_name=_("returns"), null=True, blank=True, related_name="returned_by"
    )
    metadata = models.JSONField(_("metadata"), default=dict, blank=True)

    class Meta(DomainModel.Meta):
        db_table = "orders"
        ordering = ["-ordered_at", "-id"]
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        indexes = [
            models.Index(fields=["tenant", "profile", "-ordered_at", "-id"], name="orders_by_customer"),
            models.Index(fields=["tenant", "-ordered_at", "-id"], name="orders_by_time"),
            models.Index(fields=["tenant", "number"], name="orders_by_number"),
            models.Index(
                fields=["tenant", "source", "customer_ref"],
                condition=Q(profile__isnull=True) & ~Q(customer_ref=""),
                name="orders_waiting_for_customer",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "source", "number"],
                name="orders_once_per_source",
                violation_error_message=_("There is already an order of this number."),
            ),
            one_of("kind", OrderKind.values, "orders_kind_is_known"),
            one_of("status", OrderStatus.values, "orders_status_is_known"),
            models.CheckConstraint(condition=~Q(number=""), name="orders_have_a_number"),
            models.CheckConstraint(
                condition=Q(kind="SALE", total__gte=0) | Q(kind="RETURN", total__lte=0),
                name="orders_returns_are_negative",
            ),
            models.CheckConstraint(
                condition=Q(returned__gte=0) & (Q(kind="RETURN", returned=0) | Q(returned__lte=F("total"))),
                name="orders_returned_within_total",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class OrderLine(TenantModel):
    """One product of an order; the quantity of what came back is negative."""

    order = TenantForeignKey(Order, models.CASCADE, related_name="lines", db_index=False)
    position = models.PositiveIntegerField(_("line"))
    product = TenantForeignKey(
        "cdm.Product",
        models.PROTECT,
        verbose_name=_("product"),
        null=True,
        blank=True,
        related_name="order_lines",
        db_index=False,
    )
    description = text(_("description"), 255)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=3)
    unit_price = money(_("unit price"))
    amount = money(_("amount"))

    class Meta(TenantModel.Meta):
        db_table = "order_lines"
        ordering = ["position"]
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        indexes = [
            models.Index(
                fields=["tenant", "product"],
                condition=Q(product__isnull=False),
                name="order_lines_by_product",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["tenant", "order", "position"], name="order_lines_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.description}"
