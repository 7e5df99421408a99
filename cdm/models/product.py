"""What the company sells."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cdm.models.columns import money, text
from cdp.tenancy.models import DomainModel, TenantForeignKey


class ProductCategory(DomainModel):
    """One shelf of the catalogue."""

    name = models.CharField(_("name"), max_length=200)
    parent = TenantForeignKey(
        "self", models.SET_NULL, verbose_name=_("part of"), null=True, blank=True, related_name="children"
    )

    class Meta(DomainModel.Meta):
        db_table = "product_categories"
        ordering = ["name", "id"]
        verbose_name = _("product category")
        verbose_name_plural = _("product categories")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "name"],
                name="product_categories_name_unique",
                violation_error_message=_("There is already a category of this name."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="product_categories_have_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Product(DomainModel):
    """One thing the company sells, known by the code that orders name."""

    sku = models.CharField(_("code"), max_length=120)
    name = text(_("name"), 255)
    category = TenantForeignKey(
        ProductCategory,
        models.SET_NULL,
        verbose_name=_("category"),
        null=True,
        blank=True,
        related_name="products",
    )
    price = money(_("price"), null=True, blank=True)
    is_active = models.BooleanField(_("sold"), default=True)
    metadata = models.JSONField(_("metadata"), default=dict, blank=True)

    class Meta(DomainModel.Meta):
        db_table = "products"
        ordering = ["name", "sku"]
        verbose_name = _("product")
        verbose_name_plural = _("products")
        indexes = [models.Index(fields=["tenant", "name", "id"], name="products_by_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "sku"],
                name="products_sku_unique",
                violation_error_message=_("There is already a product of this code."),
            ),
            models.CheckConstraint(condition=~Q(sku=""), name="products_have_a_code"),
        ]

    def __str__(self) -> str:
        return self.name or self.sku
