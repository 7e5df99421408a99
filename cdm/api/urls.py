"""Addresses of customer data management, as S3 has them; fixed routes stand before those with ids."""

from __future__ import annotations

from typing import Any

from django.urls import path

import cdp.api.converters  # noqa: F401 (registers "id")
from cdm.api.views.behaviour import BehaviourViewSet, DropOffViewSet
from cdm.api.views.customers import CustomerViewSet
from cdm.api.views.family import FamilyViewSet
from cdm.api.views.interactions import InteractionViewSet
from cdm.api.views.occasions import OccasionViewSet
from cdm.api.views.pipeline import BillingViewSet, DealViewSet, QuotationViewSet
from cdm.api.views.recommendations import RecommendationViewSet
from cdm.api.views.tasks import TaskViewSet

Actions = dict[str, str | Any]
# Read, the id is a customer's; changed, it is the row's.
SHARED: Actions = {"get": "list", "put": "update", "patch": "update", "delete": "destroy"}
COLLECTION: Actions = {"get": "list", "post": "create"}
ITEM: Actions = {"get": "retrieve", "put": "update", "patch": "update"}

_customers = [
    path("customer360", CustomerViewSet.as_view({"get": "list"}), name="cdm-customers"),
    path("customer360/<str:customer_id>", CustomerViewSet.as_view({"get": "retrieve"}), name="cdm-customer"),
    path("lifecycle/<str:stage>", CustomerViewSet.as_view({"get": "by_stage"}), name="cdm-lifecycle"),
    path("type/<str:type>", CustomerViewSet.as_view({"get": "by_type"}), name="cdm-type"),
    path(
        "temperature/<str:temperature>",
        CustomerViewSet.as_view({"get": "by_temperature"}),
        name="cdm-temperature",
    ),
    path("stats/dashboard", CustomerViewSet.as_view({"get": "dashboard"}), name="cdm-dashboard"),
    path("owners", CustomerViewSet.as_view({"post": "assign"}), name="cdm-owners"),
]
_family = [
    path("family", FamilyViewSet.as_view({"post": "create"}), name="cdm-family-add"),
    path(
        "family/<id:member_id>/restore", FamilyViewSet.as_view({"post": "restore"}), name="cdm-family-restore"
    ),
    path("family/<str:customer_or_row_id>", FamilyViewSet.as_view(SHARED), name="cdm-family"),
]
_interactions = [
    path("interactions", InteractionViewSet.as_view({"post": "create"}), name="cdm-interactions-add"),
    path(
        "interactions/<id:interaction_id>/restore",
        InteractionViewSet.as_view({"post": "restore"}),
        name="cdm-interactions-restore",
    ),
    path(
        "interactions/<str:customer_id>/stats",
        InteractionViewSet.as_view({"get": "stats"}),
        name="cdm-interactions-stats",
    ),
    path(
        "interactions/<str:customer_or_row_id>", InteractionViewSet.as_view(SHARED), name="cdm-interactions"
    ),
]
_behaviour = [
    path("behavior", BehaviourViewSet.as_view({"post": "create"}), name="cdm-behavior-add"),
    path("behavior/batch", BehaviourViewSet.as_view({"post": "create_many"}), name="cdm-behavior-batch"),
    path(
        "behavior/<str:customer_id>/most-viewed",
        BehaviourViewSet.as_view({"get": "viewed"}),
        name="cdm-most-viewed",
    ),
    path("behavior/<str:customer_id>", BehaviourViewSet.as_view({"get": "list"}), name="cdm-behavior"),
    path("dropoff", DropOffViewSet.as_view({"post": "create"}), name="cdm-dropoff-add"),
    path("dropoff/stats", DropOffViewSet.as_view({"get": "stats"}), name="cdm-dropoff-stats"),
    path("dropoff/win-back", DropOffViewSet.as_view({"get": "win_back"}), name="cdm-win-back"),
    path(
        "dropoff/<id:drop_off_id>/recover",
        DropOffViewSet.as_view({"put": "recover"}),
        name="cdm-dropoff-recover",
    ),
    path("dropoff/<str:customer_id>", DropOffViewSet.as_view({"get": "list"}), name="cdm-dropoff"),
]
_recommendations = [
    path("ai/recommendations", RecommendationViewSet.as_view({"get": "list"}), name="cdm-recommendations"),
    path("ai/top-priority", RecommendationViewSet.as_view({"get": "top"}), name="cdm-top-priority"),
    path(
        "ai/recommendation/<str:customer_id>",
        RecommendationViewSet.as_view({"get": "retrieve"}),
        name="cdm-recommendation",
    ),
]
_occasions = [
    path(f"events/{name}", OccasionViewSet.as_view({"get": name}), name=f"cdm-{name}")
    for name in ("birthdays", "anniversaries", "today")
]
_pipeline = [
    path("deals", DealViewSet.as_view(COLLECTION), name="cdm-deals"),
    path("deals/<id:deal_id>", DealViewSet.as_view(ITEM), name="cdm-deal"),
    path("deals/<id:deal_id>/move", DealViewSet.as_view({"post": "move"}), name="cdm-deal-move"),
    path("tasks", TaskViewSet.as_view(COLLECTION), name="cdm-tasks"),
    path("tasks/<id:task_id>", TaskViewSet.as_view(ITEM), name="cdm-task"),
    path("tasks/<id:task_id>/complete", TaskViewSet.as_view({"post": "complete"}), name="cdm-task-done"),
    path("tasks/<id:task_id>/reopen", TaskViewSet.as_view({"post": "reopen"}), name="cdm-task-reopen"),
    path("quotations", QuotationViewSet.as_view(COLLECTION), name="cdm-quotations"),
    path("quotations/<id:quotation_id>", QuotationViewSet.as_view(ITEM), name="cdm-quotation"),
    path("billings", BillingViewSet.as_view(COLLECTION), name="cdm-billings"),
    path("billings/<id:billing_id>", BillingViewSet.as_view(ITEM), name="cdm-billing"),
    path("billings/<id:billing_id>/pay", BillingViewSet.as_view({"post": "pay"}), name="cdm-billing-pay"),
]

urlpatterns = [*_customers, *_family, *_interactions, *_behaviour, *_occasions, *_recommendations, *_pipeline]
