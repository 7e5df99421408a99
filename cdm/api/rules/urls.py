"""Addresses of rules and of words about recommendations; fixed routes stand before those with ids."""

from typing import Any

from django.urls import path

import cdp.api.converters  # noqa: F401 (registers "id")
from cdm.api.rules import views

RULE = "cdm/rules/<id:rule_id>"
_ONE: dict[str, str | Any] = {"get": "retrieve", "put": "update", "delete": "destroy"}

urlpatterns = [
    path("cdm/rules", views.RuleViewSet.as_view({"get": "list", "post": "create"}), name="cdm-rules"),
    path("cdm/rules/preview", views.PreviewView.as_view(), name="cdm-rules-preview"),
    path(RULE, views.RuleViewSet.as_view(_ONE), name="cdm-rule"),
    path(f"{RULE}/firings", views.RuleViewSet.as_view({"get": "firings"}), name="cdm-rule-firings"),
    path(
        "cdm/ai/recommendation/<str:customer_id>/feedback",
        views.FeedbackView.as_view(),
        name="cdm-recommendation-feedback",
    ),
]
