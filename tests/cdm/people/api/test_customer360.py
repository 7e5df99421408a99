"""Customers at a glance, by every id they have."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks
from rest_framework.test import APIClient

from cdm.operations.log_interaction import log_interaction
from cdm.operations.refresh_summaries import refresh_summaries
from cdm.records.interaction import InteractionRecord
from cdm.summaries.queueing import MISSING_TASK
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from profiles.models import Profile
from tests.factories.cdm_orders import OrderFactory
from tests.factories.profiles import CustomerEventFactory, ProfileFactory, ProfileIdentifierFactory
from tests.world import World
from unify.operations.merge import merge
from unify.records.queueing import KEEP_TASK


def bought(world: World, *totals: int, **values: Any) -> Profile:
    profile = ProfileFactory(**values)
    for total in totals:
        OrderFactory(profile=profile, total=total)
    refresh_summaries(tenant=world.acme, profile_ids=[profile.pk])
    return profile


@pytest.mark.conforms("R83")
@pytest.mark.parametrize("few", [20, 1])
def test_who_came_by_an_import_is_in_the_lists_at_once(
    api: APIClient,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    few: int,
) -> None:
    queued: list[str] = []
    monkeypatch.setattr("celery.canvas.Signature.apply_async", lambda self: queued.append(self.task))
    monkeypatch.setattr("cdm.summaries.queueing.MOST_HERE", few)
    said = {"source": "ERP", "profiles": [{"firstName": name, "email": f"{name}@x.co"} for name in "ab"]}
    with django_capture_on_commit_callbacks(execute=True):
        assert api.post("/profiles/import", said, format="json").json()["success"] == 2
    listed = [row["first_name"] for row in api.get("/cdm/type/new").json()]
    assert sorted(listed) == (["a", "b"] if few > 1 else [])
    assert (MISSING_TASK in queued, KEEP_TASK in queued) == (few == 1, True)


@pytest.mark.conforms("R83")
@pytest.mark.conforms("R82")
def test_a_customer_is_answered_with_their_numbers(acme: Tenant, world: World, api: Client) -> None:
    profile = bought(world, 100, 300, address={"city": "Bangkok", "district": "Bang Rak"})
    record = InteractionRecord.parse({"interaction_type": "whatsapp"}, tenant=acme)
    log_interaction(tenant=acme, by=world.by, profile_id=profile.pk, record=record)
    answer = api.get(f"/cdm/customer360/{profile.pk}")
    assert answer.status_code == 200
    body = answer.json()
    assert body["customer_id"] == str(profile.pk)
    assert (body["total_orders"], body["lifetime_value"], body["avg_order_value"]) == (2, 400, 200)
    assert (body["customer_type"], body["lifecycle_stage"]) == ("repeat", "repeat_buyer")
    assert (body["customer_temperature"], body["total_interactions"], body["total_whatsapp"]) == ("hot", 1, 1)
    assert (body["city"], body["district"]) == ("Bangkok", "Bang Rak")
    assert body["days_since_last_order"] is not None


def test_every_id_form_leads_to_the_customer(acme: Tenant, api: Client) -> None:
    profile = ProfileFactory(member_id="MEM-2026-0007")
    ProfileIdentifierFactory(profile=profile, source="ERP", external_id="ERP00017")
    ProfileIdentifierFactory(profile=profile, source="V7", external_id="TVS_FB_WEB_Somchai_42")
    CustomerEventFactory(profile=profile, customer_id="123")
    for reference in (profile.pk, "ERP00017", "TVS_FB_WEB_Somchai_42", "MEM-2026-0007", "123"):
        answer = api.get(f"/cdm/customer360/{reference}")
        assert answer.json()["customer_id"] == str(profile.pk), reference
    assert api.get("/cdm/customer360/124").status_code == 404


def test_an_id_of_two_customers_is_a_conflict(acme: Tenant, api: Client) -> None:
    for source in ("ERP", "CRM"):
        ProfileIdentifierFactory(profile=ProfileFactory(), source=source, external_id="17")
    assert api.get("/cdm/customer360/17").status_code == 409


def test_a_merged_id_leads_to_the_survivor_and_says_so(acme: Tenant, world: World, api: Client) -> None:
    winner, loser = ProfileFactory(), ProfileFactory()
    merge(tenant=acme, by=world.by, winner_id=winner.pk, loser_ids=[loser.pk])
    answer = api.get(f"/cdm/customer360/{loser.pk}")
    assert answer.json()["customer_id"] == str(winner.pk)
    assert answer["X-Merged-Into"] == str(winner.pk)
    assert "X-Merged-Into" not in api.get(f"/cdm/customer360/{winner.pk}")


@pytest.mark.conforms("R83", "R77")
def test_the_list_is_narrowed_in_both_spellings_and_paged(acme: Tenant, world: World, api: Client) -> None:
    rich, poor, none = bought(world, 900, 900), bought(world, 10, 10), bought(world)
    everybody = [one["customer_id"] for one in api.get("/cdm/customer360").json()]
    assert everybody == [str(rich.pk), str(poor.pk), str(none.pk)]
    for query in ("customerType=repeat", "customer_type=repeat", "lifecycleStage=repeat_buyer"):
        found = [one["customer_id"] for one in api.get(f"/cdm/customer360?{query}").json()]
        assert found == [str(rich.pk), str(poor.pk)], query
    assert [one["customer_id"] for one in api.get("/cdm/customer360?limit=1&offset=1").json()] == [
        str(poor.pk)
    ]
    for path, expected in (
        ("/cdm/type/repeat", 2),
        ("/cdm/lifecycle/SUBSCRIBER", 1),
        ("/cdm/temperature/cold?customerType=new", 1),
        ("/cdm/type/repeat?customerType=vip", 0),
    ):
        assert len(api.get(path).json()) == expected, path


@pytest.mark.parametrize(
    "path",
    [
        "/cdm/customer360?customerType=royal",
        "/cdm/customer360?limit=0",
        "/cdm/customer360?limit=1001",
        "/cdm/customer360?offset=-1",
        "/cdm/customer360?surprise=1",
        "/cdm/customer360?customerType=vip&customer_type=vip",
        "/cdm/type/royal",
        "/cdm/lifecycle/royal",
        "/cdm/temperature/boiling",
    ],
)
def test_what_makes_no_sense_is_a_problem(acme: Tenant, api: Client, path: str) -> None:
    answer = api.get(path)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"]


@pytest.mark.conforms("R143")
def test_the_dashboard_counts_everybody_and_adds_up(acme: Tenant, world: World, api: Client) -> None:
    bought(world, *[1000] * 10)
    bought(world, 100, 100)
    bought(world, *[50] * 5)
    bought(world)
    ProfileFactory()  # nobody has counted them yet
    with tenant_context(world.zenith):
        ProfileFactory()
    body = api.get("/cdm/stats/dashboard").json()
    assert body["total_customers"] == 5
    assert (body["vip_customers"], body["repeat_customers"], body["new_customers"]) == (1, 2, 2)
    assert body["loyal_customers"] == 1
    assert body["hot_customers"] + body["warm_customers"] + body["cold_customers"] == 5
    assert (body["total_lifetime_value"], body["avg_lifetime_value"]) == (10450, 2090)


def test_a_list_costs_the_same_for_twelve_and_for_more(acme: Tenant, world: World, api: Client) -> None:
    api.get("/cdm/customer360")  # the key is looked up once
    numbers = []
    for _ in range(2):
        for _more in range(12):
            bought(world, 10)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            api.get("/cdm/customer360")
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
