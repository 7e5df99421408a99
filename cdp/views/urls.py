"""Addresses of the platform's own pages."""

from django.urls import path

from cdp.views import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
