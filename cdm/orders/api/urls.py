"""Addresses of orders and products."""

from typing import Any

from django.urls import path

import cdp.api.converters  # noqa: F401 (registers "id")
from cdm.orders.api import views

Actions = dict[str, str | Any]
COLLECTION: Actions = {"get": "list", "post": "create"}
ITEM: Actions = {"get": "retrieve", "patch": "partial_update"}

urlpatterns = [
    path("cdm/orders", views.OrderViewSet.as_view(COLLECTION), name="order-list"),
    path("cdm/orders/import", views.OrdersImportView.as_view(), name="order-import"),
    path("cdm/orders/<id:order_id>", views.OrderViewSet.as_view({"get": "retrieve"}), name="order-detail"),
    path(
        "cdm/orders/<id:order_id>/cancel", views.OrderViewSet.as_view({"post": "cancel"}), name="order-cancel"
    ),
    path("cdm/products", views.ProductViewSet.as_view(COLLECTION), name="product-list"),
    path("cdm/products/<id:product_id>", views.ProductViewSet.as_view(ITEM), name="product-detail"),
    path("cdm/categories", views.CategoryViewSet.as_view(COLLECTION), name="category-list"),
    path("cdm/categories/<id:category_id>", views.CategoryViewSet.as_view(ITEM), name="category-detail"),
]
