"""Addresses of the API of campaigns; ids are UUIDs, so fixed routes and ids cannot be mixed up."""

from __future__ import annotations

from typing import Any

from django.urls import path

import campaigns.api.examples  # noqa: F401 (registers them)
import cdp.api.converters  # noqa: F401 (registers "id")
from campaigns.api.views import account
from campaigns.api.views.assets import viewset_of
from campaigns.api.views.exchange import ExchangeViewSet, KitViewSet
from campaigns.api.views.parts import BudgetViewSet, LintViewSet, TargetViewSet, UsageViewSet
from campaigns.choices import AssetKind

# The type as_view asks for: names of methods, or the methods themselves.
Actions = dict[str, str | Any]
# The part after an asset's own address -> what its methods do.
PARTS: dict[str, Actions] = {
    "": {"get": "retrieve", "put": "update", "patch": "partial_update", "delete": "destroy"},
    "/restore": {"post": "restore"},
    "/permanent": {"delete": "purge"},
    "/versions": {"get": "versions"},
    "/versions/differences": {"get": "differences"},
    "/versions/restore": {"post": "restore_version"},
    "/analytics": {"get": "analytics", "post": "measure"},
    "/permissions": {"get": "permissions", "put": "grant", "delete": "revoke"},
    "/template": {"post": "make_template"},
}
COLLECTION: dict[str, Actions] = {
    "": {"get": "list", "post": "create"},
    "/bulk/delete": {"post": "delete_many"},
    "/bulk/restore": {"post": "restore_many"},
}
# Kind -> its address, and what the addresses call its ids.
PLACES = {
    AssetKind.TARGET_PROFILE: ("campaigns/target-profiles", "target"),
    AssetKind.BRAND_GUIDELINE: ("campaigns/brand-guidelines", "brand"),
    AssetKind.BUDGET: ("campaigns/budgets", "budget"),
    AssetKind.CONTAINER: ("campaigns/containers", "container"),
    AssetKind.CAMPAIGN: ("campaigns", "campaign"),
}


def _of(kind: AssetKind, place: str, blank: str) -> list[Any]:
    views, name = viewset_of(kind, blank), f"campaigns-{kind.lower()}"
    collection = [
        path(f"{place}{part}", views.as_view(actions), name=f"{name}-list{part.replace('/', '-')}")
        for part, actions in COLLECTION.items()
    ]
    single = [
        path(
            f"{place}/<id:{blank}_id>{part}",
            views.as_view(actions),
            name=f"{name}{part.replace('/', '-')}",
        )
        for part, actions in PARTS.items()
    ]
    return collection + single


_TARGET, _BUDGET = "campaigns/target-profiles/<id:target_id>", "campaigns/budgets/<id:budget_id>"
_CAMPAIGN, _TEMPLATE = "campaigns/<id:campaign_id>", "campaigns/templates/<id:template_id>"
_SEGMENT: Actions = {"post": "follow", "delete": "unfollow"}
_SPENDS: Actions = {"get": "spends", "post": "spend"}
_USAGE: Actions = {"get": "list", "put": "update", "delete": "destroy"}
_ONE_TEMPLATE: Actions = {"put": "update", "patch": "partial_update", "delete": "destroy"}

urlpatterns = [
    path("campaigns/standing", account.StandingView.as_view(), name="campaigns-standing"),
    path("campaigns/summary", account.SummaryView.as_view(), name="campaigns-summary"),
    path("campaigns/insights", account.InsightView.as_view(), name="campaigns-insights"),
    path(
        "campaigns/templates",
        account.TemplateViewSet.as_view({"get": "list"}),
        name="campaigns-templates",
    ),
    path(_TEMPLATE, account.TemplateViewSet.as_view(_ONE_TEMPLATE), name="campaigns-template"),
    path(
        f"{_TEMPLATE}/use",
        account.TemplateViewSet.as_view({"post": "use"}),
        name="campaigns-template-use",
    ),
    path(f"{_TARGET}/size", TargetViewSet.as_view({"get": "size"}), name="campaigns-target-size"),
    path(f"{_TARGET}/sample", TargetViewSet.as_view({"get": "sample"}), name="campaigns-target-sample"),
    path(f"{_TARGET}/overlap", TargetViewSet.as_view({"get": "overlap"}), name="campaigns-target-overlap"),
    path(f"{_TARGET}/segment", TargetViewSet.as_view(_SEGMENT), name="campaigns-target-segment"),
    path(
        "campaigns/brand-guidelines/<id:brand_id>/lint",
        LintViewSet.as_view({"post": "create"}),
        name="campaigns-brand-lint",
    ),
    path(
        "campaigns/budgets/dispatcher",
        BudgetViewSet.as_view({"post": "take"}),
        name="campaigns-dispatcher",
    ),
    path(f"{_BUDGET}/spends", BudgetViewSet.as_view(_SPENDS), name="campaigns-budget-spends"),
    path(f"{_BUDGET}/pacing", BudgetViewSet.as_view({"get": "pacing"}), name="campaigns-budget-pacing"),
    path(
        f"{_BUDGET}/dispatcher",
        BudgetViewSet.as_view({"get": "dispatch_form"}),
        name="campaigns-budget-dispatcher",
    ),
    path(
        "campaigns/exchange",
        ExchangeViewSet.as_view({"get": "list", "post": "create"}),
        name="campaigns-exchange",
    ),
    path(
        "campaigns/brand-guidelines/kit",
        KitViewSet.as_view({"post": "create"}),
        name="campaigns-brand-kits",
    ),
    path(
        "campaigns/brand-guidelines/<id:brand_id>/kit",
        KitViewSet.as_view({"get": "retrieve"}),
        name="campaigns-brand-kit",
    ),
    path(f"{_CAMPAIGN}/usage", UsageViewSet.as_view(_USAGE), name="campaigns-usage"),
    path(
        f"{_CAMPAIGN}/effective",
        UsageViewSet.as_view({"get": "effective"}),
        name="campaigns-effective",
    ),
    *(pattern for kind, (place, blank) in PLACES.items() for pattern in _of(kind, place, blank)),
]
