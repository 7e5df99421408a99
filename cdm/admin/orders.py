"""The catalogue, orders, and the numbers made of them."""

from __future__ import annotations

from django.contrib import admin
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateTimeFilter

from cdm.admin.base import CustomerRowAdmin
from cdm.models import CustomerSummary, Order, OrderLine, Product, ProductCategory, WorkingRules
from cdp.admin.base import TenantModelAdmin
from cdp.adminsite.permissions import Codes
from cdp.permissions import PROFILE_READ


def _fields(model: type) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.name not in {"id", "tenant"}]  # type: ignore[attr-defined]


@admin.register(ProductCategory)
class ProductCategoryAdmin(TenantModelAdmin):
    """Kinds of products."""

    codes = Codes(view=PROFILE_READ)
    list_display = ["name", "created_at"]
    ordering = ["name"]
    search_fields = ["name"]
    fields = readonly_fields = ["name", "created_at", "updated_at"]


@admin.register(Product)
class ProductAdmin(TenantModelAdmin):
    """What the company sells."""

    codes = Codes(view=PROFILE_READ)
    list_display = ["sku", "name", "category", "price", "is_active"]
    list_select_related = ["category"]
    ordering = ["name", "id"]
    search_fields = ["sku", "name"]
    fields = readonly_fields = ["sku", "name", "category", "price", "is_active", "created_at", "updated_at"]


@admin.register(Order)
class OrderAdmin(CustomerRowAdmin):
    """Sales and returns."""

    codes = Codes(view=PROFILE_READ)
    found_by = "number"
    list_display = ["ordered_at", "number", "profile", "kind", "status", "total", "currency", "source"]
    list_filter = [("profile", AutocompleteSelectFilter), ("ordered_at", RangeDateTimeFilter)]
    ordering = ["-ordered_at", "-id"]
    fields = readonly_fields = _fields(Order)


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
