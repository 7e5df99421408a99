"""Addresses of the pages of orders."""

from django.urls import path

from cdm.orders.pages import upload

urlpatterns = [
    path("admin/imports/orders", upload.upload, name="orders-import-new"),
    path("admin/imports/orders/<uuid:run_id>", upload.preview, name="orders-import"),
]
