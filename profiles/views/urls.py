"""Addresses of the customer pages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
