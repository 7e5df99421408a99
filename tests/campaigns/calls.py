"""A valid call of every endpoint of campaigns."""

from __future__ import annotations

from typing import Any

from campaigns.choices import AssetKind
from campaigns.operations.templates import TemplateRecord, save_as_template
from cdp.permissions import BUDGET_SPEND, CAMPAIGN_DELETE, CAMPAIGN_READ, CAMPAIGN_WRITE, PROFILE_READ
from tests.campaigns.making import BRAND, BUDGET, CAMPAIGN, CONTAINER, TARGET, change, make, use
from tests.profiles.api.endpoints import Call
from tests.world import World

PLACES = {
    "target": "/campaigns/target-profiles",
    "brand": "/campaigns/brand-guidelines",
    "budget": "/campaigns/budgets",
    "container": "/campaigns/containers",
    "campaign": "/campaigns",
}
MADE: dict[str, dict[str, Any]] = {
    "target": {"name": "New", "demographics": {"ageRange": {"min": 18}}},
    "brand": {"brandName": "New", "fullStyleGuide": {"colorPalette": {"primary": [{"hex": "#06C"}]}}},
    "budget": {"name": "New", "amount": "10.50"},
    "container": {"name": "New"},
    "campaign": {"name": "New"},
}
METRIC = {"metricName": "reach", "metricValue": "5"}


def _shared(kind: str, place: str) -> list[Call]:
    one = f"{place}/{{{kind}}}"
    ids = {"ids": [f"${kind}"]}
    return [
        Call("get", place, CAMPAIGN_READ),
        Call("post", place, CAMPAIGN_WRITE, MADE[kind], 201),
        Call("post", f"{place}/bulk/delete", CAMPAIGN_DELETE, ids),
        Call("post", f"{place}/bulk/restore", CAMPAIGN_DELETE, ids),
        Call("get", one, CAMPAIGN_READ),
        Call("get", f"{one}/versions", CAMPAIGN_READ),
        Call("get", f"{one}/versions/differences?first=1&second=2", CAMPAIGN_READ),
        Call("get", f"{one}/analytics", CAMPAIGN_READ),
        Call("get", f"{one}/permissions", CAMPAIGN_READ),
        Call("post", f"{one}/template", CAMPAIGN_WRITE, {"templateName": "T"}, 201),
    ]


def _levelled(kind: str, place: str) -> list[Call]:
    """Return the calls that need a level on the asset, with the code that gives it."""
    one = f"{place}/{{{kind}}}"
    return [
        Call("patch", one, CAMPAIGN_WRITE, {"metadata": {"notes": "new"}}),
        Call("put", one, CAMPAIGN_WRITE, {"metadata": {"notes": "new"}}),
        Call("post", f"{one}/versions/restore", CAMPAIGN_WRITE, {"version": 1}),
        Call("post", f"{one}/analytics", CAMPAIGN_WRITE, METRIC, 201),
        Call("delete", one, CAMPAIGN_DELETE, status=204),
        Call("put", f"{one}/permissions", CAMPAIGN_DELETE, {"userId": "$user", "permissionLevel": "EDIT"}),
    ]


SHARED = [call for kind, place in PLACES.items() for call in _shared(kind, place)]
LEVELLED = [call for kind, place in PLACES.items() for call in _levelled(kind, place)]
LEVELLED.append(Call("put", "/campaigns/{campaign}/usage", CAMPAIGN_WRITE, {"budgetId": "$budget"}))
LEVELLED.append(Call("delete", "/campaigns/{campaign}/usage", CAMPAIGN_WRITE, status=204))
_TARGET, _BUDGET = "/campaigns/target-profiles/{target}", "/campaigns/budgets/{budget}"
DISPATCHED = {"name": "D", "amountMicros": "10000"}
OWN = [
    Call("get", f"{_TARGET}/size", CAMPAIGN_READ),
    Call("get", f"{_TARGET}/overlap?otherTargetId={{target}}", CAMPAIGN_READ),
    Call("post", "/campaigns/brand-guidelines/{brand}/lint", CAMPAIGN_READ, {"text": "Hello"}),
    Call("get", f"{_BUDGET}/spends", CAMPAIGN_READ),
    Call("post", f"{_BUDGET}/spends", BUDGET_SPEND, {"amount": "5", "idempotencyKey": "a"}, 201),
    Call("get", f"{_BUDGET}/pacing", CAMPAIGN_READ),
    Call("get", f"{_BUDGET}/dispatcher", CAMPAIGN_READ),
    Call("post", "/campaigns/budgets/dispatcher", CAMPAIGN_WRITE, DISPATCHED, 201),
    Call("get", "/campaigns/{campaign}/usage", CAMPAIGN_READ),
    Call("get", "/campaigns/{campaign}/effective", CAMPAIGN_READ),
    Call("get", "/campaigns/standing", CAMPAIGN_READ),
    Call("get", "/campaigns/summary", CAMPAIGN_READ),
    Call(
        "post",
        "/campaigns/insights",
        BUDGET_SPEND,
        {"campaignId": "$campaign", "day": "2026-03-10", "total": "5"},
    ),
    Call("get", "/campaigns/templates", CAMPAIGN_READ),
    Call("get", "/campaigns/exchange?kind=BUDGET&format=csv", CAMPAIGN_READ),
    Call("post", "/campaigns/exchange", CAMPAIGN_WRITE, {"kind": "BUDGET", "content": "[]"}, 201),
    Call("get", "/campaigns/brand-guidelines/{brand}/kit", CAMPAIGN_READ),
    Call("post", "/campaigns/brand-guidelines/kit", CAMPAIGN_WRITE, {"kit": {"name": "K"}}, 201),
    Call("post", "/campaigns/templates/{template}/use", CAMPAIGN_WRITE, {"changes": {"name": "N"}}, 201),
]
# These also show or make what needs a code of its own.
TWO_CODES = [
    (Call("get", f"{_TARGET}/sample", CAMPAIGN_READ), PROFILE_READ),
    (Call("post", f"{_TARGET}/segment", CAMPAIGN_WRITE, {}, 201), "profile:write"),
]


def make_ids(world: World) -> dict[str, str]:
    """Make what the calls are about, each at version 2, in acme."""
    kinds: dict[str, AssetKind] = {
        "target": TARGET,
        "brand": BRAND,
        "container": CONTAINER,
        "campaign": CAMPAIGN,
    }
    made = {name: make(world, kind) for name, kind in kinds.items()}
    made["budget"] = make(world, BUDGET, startsOn="2026-03-01", isShared=True)
    for asset in made.values():
        change(world, asset, metadata={"notes": "second"})
    use(world, made["campaign"], budgetId=made["budget"].pk)
    record = TemplateRecord.parse({"templateName": "Mine", "isPublic": True}, tenant=world.acme)
    template = save_as_template(
        tenant=world.acme, by=world.by, kind=TARGET, asset_id=made["target"].pk, record=record
    )
    ids = {name: str(asset.pk) for name, asset in made.items()}
    return {**ids, "template": str(template.pk), "user": str(world.bob.pk)}
