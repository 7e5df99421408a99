"""Addresses of the pages of campaigns."""

from __future__ import annotations

from typing import Any

from django.urls import path

from campaigns.choices import AssetKind
from campaigns.views import acts, assets, files, history, lists, page, sharing, sizes, templates
from campaigns.views.kinds import SHOWN

PLACE = "admin/marketing"
BLANK = {
    AssetKind.TARGET_PROFILE: "target_id",
    AssetKind.BRAND_GUIDELINE: "brand_id",
    AssetKind.BUDGET: "budget_id",
    AssetKind.CONTAINER: "container_id",
    AssetKind.CAMPAIGN: "campaign_id",
}
OF_ALL: dict[str, Any] = {
    "new": assets.create,
    "many": lists.many,
    "export": files.export,
    "import": files.take,
}
OF_ONE: dict[str, Any] = {
    "edit": assets.edit,
    "delete": assets.throw_away,
    "restore": assets.take_back,
    "purge": assets.purge,
    "history": history.history,
    "bring-back": history.bring_back,
    "share": sharing.share,
    "template": templates.save,
}


def _of(place: str, kind: AssetKind) -> list[Any]:
    many, named, name = f"{PLACE}/{place}", {"place": place}, f"marketing-{place}"
    one = f"{many}/<uuid:{BLANK[kind]}>"
    return [
        path(many, lists.listing, named, name=name),
        path(one, page.page, named, name=f"{name}-asset"),
        *(path(f"{many}/{act}", view, named, name=f"{name}-{act}") for act, view in OF_ALL.items()),
        *(path(f"{one}/{act}", view, named, name=f"{name}-{act}") for act, view in OF_ONE.items()),
    ]


_TARGET, _PLAN = f"{PLACE}/targets/<uuid:target_id>", f"{PLACE}/plans/<uuid:campaign_id>"
_TEMPLATE = f"{PLACE}/templates/<uuid:template_id>"

urlpatterns = [
    *(pattern for place, shown in SHOWN.items() for pattern in _of(place, shown.kind)),
    path(f"{PLACE}/budgets/<uuid:budget_id>/spend", acts.spend, name="marketing-budgets-spend"),
    path(f"{PLACE}/brands/<uuid:brand_id>/kit", files.kit, name="marketing-brands-kit"),
    path(f"{_PLAN}/use", acts.use, name="marketing-plans-use"),
    path(f"{_PLAN}/end", acts.end, name="marketing-plans-end"),
    path(f"{_TARGET}/size", sizes.size, name="marketing-targets-size"),
    path(f"{_TARGET}/follow", acts.follow, name="marketing-targets-follow"),
    path(f"{_TARGET}/unfollow", acts.unfollow, name="marketing-targets-unfollow"),
    path(f"{PLACE}/templates", templates.listing, name="marketing-templates"),
    path(f"{_TEMPLATE}/use", templates.use, name="marketing-templates-use"),
    path(f"{_TEMPLATE}/change", templates.change, name="marketing-templates-change"),
    path(f"{_TEMPLATE}/remove", templates.remove, name="marketing-templates-remove"),
]
