"""Orders and what they are made of; nothing here counts or sorts what no index holds."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from cdm.admin.base import CustomerRowAdmin
from cdm.models import CustomerSummary, Order, OrderLine, Product, ProductCategory, WorkingRules
from cdm.operations.cancel_order import cancel_order
from cdm.operations.keep_product import create_category, create_product, update_category, update_product
from cdp.admin.base import TenantModelAdmin
from cdp.admin.ending import Ending, EndsMixin
from cdp.adminsite.permissions import Codes
from cdp.permissions import PROFILE_READ, PROFILE_WRITE


def _fields(model: type) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.name not in {"id", "tenant"}]  # type: ignore[attr-defined]


@admin.register(Order)
class OrderAdmin(EndsMixin, TenantModelAdmin):
    """Sales and returns, the latest first; they come in by API and file, and can be cancelled here."""

    codes = Codes(view=PROFILE_READ, delete=PROFILE_WRITE)
    list_display = ["number", "profile", "kind", "status", "ordered_at", "total", "currency", "source"]
    list_filter = [
        ("profile", AutocompleteSelectFilter),
        ("kind", ChoicesDropdownFilter),
        ("status", ChoicesDropdownFilter),
    ]
    list_filter_submit = True
    list_select_related = ["profile"]
    ordering = ["-ordered_at", "-id"]
    sortable_by: list[str] = []
    fields = [
        *("number", "source", "profile", "customer_ref", "kind", "status", "ordered_at"),
        *("total", "returned", "currency", "returns", "created_by", "created_at", "updated_at"),
    ]
    readonly_fields = fields
    ending = Ending(
        title=_("Cancel this order"),
        explanation=_("It counts for nothing from then on. It stays to be seen."),
        button=_("Cancel the order"),
        done=_("The order is cancelled."),
    )

    def delete_model(self, request: HttpRequest, obj: Order) -> None:
        cancel_order(tenant=self.tenant(request), by=self.actor(request), order_id=obj.pk)


@admin.register(Product)
class ProductAdmin(TenantModelAdmin):
    """The catalogue."""

    codes = Codes(view=PROFILE_READ, add=PROFILE_WRITE, change=PROFILE_WRITE)
    list_display = ["name", "sku", "category", "price", "is_active"]
    list_filter = [("category", AutocompleteSelectFilter)]
    list_filter_submit = True
    list_select_related = ["category"]
    ordering = ["name", "id"]
    sortable_by: list[str] = []
    search_fields = ["name__startswith", "sku__exact"]
    autocomplete_fields = ["category"]
    fields = ["sku", "name", "category", "price", "is_active"]

    def add_row(self, request: HttpRequest, form: Any) -> Product:
        return create_product(tenant=self.tenant(request), by=self.actor(request), **_values(form))

    def change_row(self, request: HttpRequest, obj: Product, form: Any) -> Product:
        values = _values(form)
        return update_product(
            tenant=self.tenant(request), by=self.actor(request), product_id=obj.pk, **values
        )


@admin.register(ProductCategory)
class ProductCategoryAdmin(TenantModelAdmin):
    """The shelves of the catalogue."""

    codes = Codes(view=PROFILE_READ, add=PROFILE_WRITE, change=PROFILE_WRITE)
    list_display = ["name", "parent"]
    list_select_related = ["parent"]
    ordering = ["name", "id"]
    sortable_by: list[str] = []
    search_fields = ["name__startswith"]
    autocomplete_fields = ["parent"]
    fields = ["name", "parent"]

    def add_row(self, request: HttpRequest, form: Any) -> ProductCategory:
        return create_category(tenant=self.tenant(request), by=self.actor(request), **_values(form))

    def change_row(self, request: HttpRequest, obj: ProductCategory, form: Any) -> ProductCategory:
        values = _values(form)
        return update_category(
            tenant=self.tenant(request), by=self.actor(request), category_id=obj.pk, **values
        )


@admin.register(OrderLine)
class OrderLineAdmin(TenantModelAdmin):
    """What was in the orders."""

    codes = Codes(view=PROFILE_READ)
    list_display = ["order", "position", "product", "description", "quantity", "unit_price", "amount"]
    list_select_related = ["order", "product"]
    ordering = ["-id"]
    sortable_by: list[str] = []
    fields = readonly_fields = _fields(OrderLine)


@admin.register(CustomerSummary)
class CustomerSummaryAdmin(CustomerRowAdmin):
    """Each customer's numbers; the verbs keep them."""

    codes = Codes(view=PROFILE_READ)
    list_display = ["profile", "orders", "lifetime_value", "temperature", "customer_type", "lifecycle_stage"]
    list_filter = [("temperature", ChoicesDropdownFilter), ("customer_type", ChoicesDropdownFilter)]
    ordering = ["-lifetime_value", "-id"]
    fields = readonly_fields = _fields(CustomerSummary)


@admin.register(WorkingRules)
class WorkingRulesAdmin(TenantModelAdmin):
    """From when on a customer is hot, loyal or gone."""

    codes = Codes(view=PROFILE_READ)
    list_display = ["hot_days", "warm_days", "inactive_days", "updated_at"]
    fields = readonly_fields = [name for name in _fields(WorkingRules) if name != "hold_out_salt"]


def _values(form: Any) -> dict[str, Any]:
    """Return the form's values as the verbs take them: rows by their ids."""
    said = dict(form.cleaned_data)
    for name in ("category", "parent"):
        if name in said:
            row = said.pop(name)
            said[f"{name}_id"] = row.pk if row else None
    return said
