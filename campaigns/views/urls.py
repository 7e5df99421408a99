"""Addresses of the pages of campaigns."""

from __future__ import annotations

from typing import Any

from django.urls import path

from campaigns.choices import AssetKind
from campaigns.views import assets, page
from campaigns.views.kinds import SHOWN

BLANK = {
    AssetKind.TARGET_PROFILE: "target_id",
    AssetKind.BRAND_GUIDELINE: "brand_id",
    AssetKind.BUDGET: "budget_id",
    AssetKind.CONTAINER: "container_id",
    AssetKind.CAMPAIGN: "campaign_id",
}
ACTS: dict[str, Any] = {"edit": assets.edit, "delete": assets.throw_away, "restore": assets.take_back}


def _of(place: str, kind: AssetKind) -> list[Any]:
    many, named, name = f"admin/marketing/{place}", {"place": place}, f"marketing-{place}"
    one = f"{many}/<uuid:{BLANK[kind]}>"
    return [
        path(many, assets.listing, named, name=name),
        path(f"{many}/new", assets.create, named, name=f"{name}-new"),
        path(one, page.page, named, name=f"{name}-asset"),
        *(path(f"{one}/{act}", view, named, name=f"{name}-{act}") for act, view in ACTS.items()),
    ]


urlpatterns = [
    *(pattern for place, shown in SHOWN.items() for pattern in _of(place, shown.kind)),
    path("admin/marketing/budgets/<uuid:budget_id>/spend", page.spend, name="marketing-budgets-spend"),
    path("admin/marketing/plans/<uuid:campaign_id>/use", page.use, name="marketing-plans-use"),
]
