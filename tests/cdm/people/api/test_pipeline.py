"""Deals, tasks, quotations, invoices and owners through the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from cdp.models import Tenant
from tests.factories.profiles import ProfileFactory
from tests.world import World


def post(api: APIClient, path: str, expected: int = 201, /, **body: Any) -> Any:
    answer = api.post(path, body, format="json")
    assert answer.status_code == expected, answer.json()
    return answer.json()


def put(api: APIClient, path: str, expected: int = 200, /, **body: Any) -> Any:
    answer = api.put(path, body, format="json")
    assert answer.status_code == expected, answer.json()
    return answer.json()


@pytest.mark.conforms("R76")
def test_a_deal_is_opened_moved_and_found(acme: Tenant, world: World, api: APIClient) -> None:
    profile = ProfileFactory()
    deal = post(api, "/cdm/deals", customer_id=str(profile.pk), title="Chairs", amount=48000.5)
    assert (deal["stage"], deal["currency"], deal["amount"]) == ("new", "THB", 48000.5)
    moved = post(api, f"/cdm/deals/{deal['id']}/move", 200, stage="lost", lost_reason="Price")
    assert moved["closed_at"] is not None
    assert post(api, f"/cdm/deals/{deal['id']}/move", 200, stage="proposal")["closed_at"] is None
    assert put(api, f"/cdm/deals/{deal['id']}", amount=50000)["amount"] == 50000
    assert len(api.get(f"/cdm/deals?customerId={profile.pk}&stage=proposal&isOpen=true").json()) == 1
    assert api.get("/cdm/deals?isOpen=false").json() == []
    assert api.get(f"/cdm/deals/{deal['id']}").json()["title"] == "Chairs"


@pytest.mark.conforms("R76")
def test_tasks_quotations_and_invoices_have_their_lives(acme: Tenant, api: APIClient) -> None:
    profile = ProfileFactory()
    customer = {"customer_id": str(profile.pk)}
    yesterday = (timezone.now() - timedelta(days=1)).isoformat()
    task = post(api, "/cdm/tasks", **customer, title="Send it", due_at=yesterday)
    assert [one["id"] for one in api.get("/cdm/tasks?due=overdue").json()] == [task["id"]]
    assert api.get("/cdm/tasks?due=today").json() == []
    assert post(api, f"/cdm/tasks/{task['id']}/complete", 200)["done_at"] is not None
    assert api.get("/cdm/tasks?isDone=false").json() == []
    assert post(api, f"/cdm/tasks/{task['id']}/reopen", 200)["done_at"] is None
    quote = post(api, "/cdm/quotations", **customer, number="QT-1", total=100)
    assert post(api, "/cdm/quotations", 409, **customer, number="QT-1")["errors"]["number"]
    assert put(api, f"/cdm/quotations/{quote['id']}", status="accepted")["status"] == "accepted"
    bill = post(api, "/cdm/billings", **customer, number="INV-1", amount=100, quotation_id=quote["id"])
    assert (bill["status"], bill["quotation_id"]) == ("open", quote["id"])
    assert post(api, f"/cdm/billings/{bill['id']}/pay", 200)["status"] == "paid"
    assert put(api, f"/cdm/billings/{bill['id']}", status="void")["paid_at"] is None
    assert post(api, f"/cdm/billings/{bill['id']}/pay", 409)["type"].endswith("invoice-is-void")
    assert len(api.get(f"/cdm/billings?customer_id={profile.pk}&status=void").json()) == 1


@pytest.mark.conforms("R81")
def test_a_customers_detail_shows_deals_and_activities(acme: Tenant, api: APIClient) -> None:
    profile = ProfileFactory()
    customer = {"customer_id": str(profile.pk)}
    post(api, "/cdm/deals", **customer, title="Chairs")
    post(api, "/cdm/interactions", **customer, interaction_type="call", follow_up_required=True)
    body = api.get(f"/profiles/{profile.pk}").json()
    assert [deal["title"] for deal in body["deals"]] == ["Chairs"]
    assert [one["kind"] for one in body["activities"]] == ["interaction", "task"]
    assert body["activities"][0]["interactionType"] == "call"


def test_another_companys_member_owns_nothing_here(acme: Tenant, world: World, api: APIClient) -> None:
    stranger = world.charlie.memberships.get()
    customer = {"customer_id": str(ProfileFactory().pk)}
    answer = post(api, "/cdm/deals", 400, **customer, title="A", owner_id=str(stranger.pk))
    assert set(answer["errors"]) == {"owner_id"}


def test_customers_are_assigned_in_bulk(acme: Tenant, world: World, api: APIClient) -> None:
    bob = world.bob.memberships.get()
    people = [ProfileFactory() for _ in range(3)]
    ids = [str(one.pk) for one in people]
    said = {"customer_ids": [*ids, "nobody"], "owner_id": str(bob.pk)}
    assert post(api, "/cdm/owners", 200, **said) == {"updated": 3, "failed": 1}
    assert post(api, "/cdm/owners", 200, **said) == {"updated": 0, "failed": 1}
    assert post(api, "/cdm/owners", 200, customer_ids=ids[:1], owner_id=None)["updated"] == 1
