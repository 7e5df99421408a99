"""Rules and words about recommendations through the API."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from cdm.models import AutomationRule, CustomerSummary, RecommendationFeedback
from cdm.recommendations import call_list
from cdp.tenancy.context import tenant_context
from tests.factories.cdm_insights import AutomationRuleFactory, RecommendationFactory, RuleFiringFactory
from tests.factories.profiles import ProfileFactory
from tests.world import World

RULE: dict[str, Any] = {
    "name": "Silent VIPs",
    "isActive": True,
    "conditions": {"all": [{"field": "orders", "operator": "gte", "value": 10}]},
    "actions": {"boost": 20, "task": {"title": "Ask how they are", "dueDays": 1}},
}


@pytest.mark.conforms("R112")
def test_a_rule_is_created_read_changed_and_removed(world: World, api: APIClient) -> None:
    made = api.post("/cdm/rules", RULE, format="json")
    assert made.status_code == 201
    assert made.json()["is_active"] is True
    assert made.json()["actions"]["task"]["due_days"] == 1
    address = made["Location"]
    read = api.get(address)
    assert (read.status_code, read["ETag"]) == (200, '"1"')
    body = {**RULE, "name": "Quiet VIPs", "is_active": False}
    del body["isActive"]
    changed = api.put(address, body, format="json", headers={"If-Match": '"1"'})
    assert (changed.json()["name"], changed.json()["is_active"]) == ("Quiet VIPs", False)
    assert api.put(address, body, format="json", headers={"If-Match": '"1"'}).status_code == 412
    assert [rule["name"] for rule in api.get("/cdm/rules").json()["data"]] == ["Quiet VIPs"]
    assert api.delete(address).status_code == 204
    assert api.get(address).status_code == 404


def test_nonsense_is_refused_by_field_and_nothing_is_written(world: World, api: APIClient) -> None:
    bad = {**RULE, "conditions": {"all": [{"field": "orders", "operator": "gte", "value": "x"}]}}
    answer = api.post("/cdm/rules", bad, format="json")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["conditions.all[0]"]
    assert api.post("/cdm/rules", {**RULE, "actions": {}}, format="json").status_code == 400
    assert api.post("/cdm/rules", [], format="json").status_code == 400
    with tenant_context(world.acme):
        assert not AutomationRule.objects.exists()
        AutomationRuleFactory(name="Silent VIPs")
    assert api.post("/cdm/rules", RULE, format="json").status_code == 409


def test_who_matches_is_counted_without_writing(world: World, api: APIClient) -> None:
    with tenant_context(world.acme):
        found = ProfileFactory(name="Mali")
        CustomerSummary.objects.create(profile=found, orders=12)
    answer = api.post("/cdm/rules/preview", {"conditions": RULE["conditions"]}, format="json")
    assert answer.json() == {
        "count": 1,
        "examples": [{"customer_id": str(found.pk), "customer_name": "Mali"}],
    }


def test_firings_are_told_and_strangers_see_none(world: World, api: APIClient) -> None:
    with tenant_context(world.acme):
        firing = RuleFiringFactory()
    (told,) = api.get(f"/cdm/rules/{firing.rule_id}/firings").json()["data"]
    assert told["customer_id"] == str(firing.profile_id)
    stranger = world.api(world.stranger_key)
    for address in (f"/cdm/rules/{firing.rule_id}/firings", f"/cdm/rules/{firing.rule_id}"):
        assert stranger.get(address).status_code == 404
    assert stranger.delete(f"/cdm/rules/{firing.rule_id}").status_code == 404
    reader = world.api(world.scoped_key("profile:read"))
    assert reader.post("/cdm/rules", RULE, format="json").status_code == 403


@pytest.mark.conforms("B115")
def test_a_recommendation_is_called_wrong_and_that_is_taken_back(world: World, api: APIClient) -> None:
    with tenant_context(world.acme):
        row = RecommendationFactory()
    address = f"/cdm/ai/recommendation/{row.profile_id}/feedback"
    said = api.post(address, {"reason": "not_interested", "note": "Moved"}, format="json")
    assert said.status_code == 201
    assert said.json()["quiet_until"] is not None
    with tenant_context(world.acme):
        assert call_list(world.acme) == []
    assert api.delete(address).json()["taken_back_at"] is not None
    assert api.delete(address).status_code == 404
    assert api.post(address, {"reason": "bored"}, format="json").status_code == 400
    assert world.api(world.stranger_key).post(address, {"reason": "other"}, format="json").status_code == 404
    with tenant_context(world.acme):
        assert RecommendationFeedback.objects.count() == 1
