"""Addresses of the customer API."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
