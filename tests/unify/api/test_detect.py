"""Finding duplicates through the API."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from cdp.models import Tenant
from cdp.permissions import PROFILE_READ
from cdp.tenancy.context import tenant_context
from profiles.models import Profile
from tests.factories.profiles import ProfileFactory
from tests.factories.unify import make_candidate, make_case, twins
from tests.profiles.api.expect import nothing_written, problem
from tests.world import World
from unify.choices import Decision, RunKind, RunState
from unify.finding.running import run_match
from unify.models import Candidate, MatchRun, MatchSettings, Merge, ReviewCase
from unify.operations.decide_case import decide_case
from unify.records.refresh import refresh

DETECT = "/profiles/detect-duplicates"


@pytest.fixture
def johns(acme: Tenant) -> list[Profile]:
    """The two of S0: one e-mail, two phones, surnames partly alike."""
    one = ProfileFactory(first_name="John", last_name="Doe", email="john@example.com", phone="+66812345678")
    two = ProfileFactory(first_name="John", last_name="Doel", email="john@example.com", phone="+66898765432")
    return sorted([one, two], key=lambda row: row.pk)


def test_who_may_only_read_is_answered_what_is_known_and_sets_nothing_to_work(
    api: APIClient, world: World, acme: Tenant, johns: list[Profile]
) -> None:
    reader = world.api(world.scoped_key(PROFILE_READ))
    with nothing_written():
        body = reader.post(DETECT).json()
    assert (body["candidates"], body["meta"]["isComplete"]) == ([], False)
    assert not Candidate.objects.exists()
    assert not MatchRun.objects.exists()
    known = api.post(DETECT).json()["candidates"]
    assert known
    assert reader.post(DETECT).json()["candidates"] == known


@pytest.mark.conforms("R36", "R37")
def test_two_who_share_an_address_are_found_and_shaped_as_asked(
    api: APIClient, acme: Tenant, johns: list[Profile]
) -> None:
    low, high = johns
    with nothing_written():
        body = api.post(DETECT).json()
    found = body["candidates"][0]
    assert found["id"] == f"pair_{low.pk}_{high.pk}"
    for key, profile in (("profile1", low), ("profile2", high)):
        shown = {name: found[key][name] for name in ("id", "name", "email", "phone")}
        assert shown == {
            "id": str(profile.pk),
            "name": profile.name,
            "email": "john@example.com",
            "phone": profile.phone,
        }
    assert 60 <= found["matchScore"] <= 100
    assert "E-mail: the same" in found["matchReasons"]
    conflicts = {one["name"]: (one["value1"], one["value2"]) for one in found["conflictFields"]}
    assert conflicts["Phone"] == (low.phone, high.phone)
    assert conflicts["Name"] == (low.name, high.name)
    assert found["detectedAt"]
    assert (found["state"], found["origin"]) == ("pending", "job")
    assert body["meta"]["total"] == 1


@pytest.mark.conforms("R36", "B45")
def test_a_pair_says_what_speaks_for_it_against_it_and_what_is_missing(
    api: APIClient, acme: Tenant, johns: list[Profile]
) -> None:
    found = api.post(DETECT).json()["candidates"][0]
    weights = {level["comparison"]: level["weight"] for level in found["levels"]}
    assert weights["email"] > 0
    assert {"Date of birth", "Street"} <= set(found["missing"])
    pair = Candidate.objects.get()
    assert (found["weight"], found["caseId"]) == (round(pair.weight, 2), str(pair.case_id))


def test_what_is_found_waits_for_people_and_is_listed_without_looking_again(
    api: APIClient, acme: Tenant, johns: list[Profile]
) -> None:
    assert api.get(DETECT).json()["candidates"] == []
    first = api.post(DETECT).json()["candidates"]
    assert api.get(DETECT).json()["candidates"] == first
    assert api.post(DETECT).json()["candidates"] == first
    assert ReviewCase.objects.count() == Candidate.objects.count() == 1


@pytest.mark.conforms("R36")
def test_more_than_one_can_wait_for_are_looked_at_by_a_search(api: APIClient, acme: Tenant) -> None:
    # Merging would change customers anew.
    MatchSettings.objects.create(merges_by_itself=False)
    for _ in range(26):
        ProfileFactory()
    meta = api.post(DETECT).json()["meta"]
    run = MatchRun.objects.get()
    assert (meta["isComplete"], meta["runId"]) == (False, str(run.pk))
    assert (run.kind, run.state) == (RunKind.INCREMENTAL, RunState.WAITING)
    assert not run.created_by.startswith("system")
    assert api.post(DETECT).json()["meta"]["runId"] == str(run.pk), "one search is enough"
    assert api.get(DETECT).json()["meta"]["runId"] == str(run.pk)
    run_match(tenant=acme, run_id=run.pk)
    for method in (api.get, api.post):
        meta = method(DETECT).json()["meta"]
        assert (meta["isComplete"], meta["runId"]) == (True, None)
        assert meta["searchedAt"]


def test_a_search_before_counts(api: APIClient, acme: Tenant) -> None:
    ProfileFactory()
    latest = Profile.objects.latest("updated_at").updated_at
    MatchRun.objects.create(kind=RunKind.DEEP, state=RunState.DONE, looked_at_until=latest)
    meta = api.post(DETECT).json()["meta"]
    assert meta["isComplete"] is True
    assert meta["searchedAt"]


def test_a_list_can_be_narrowed_and_paged(api: APIClient, acme: Tenant) -> None:
    rows = twins(3)
    make_case(rows[:2], score=90)
    make_case(rows[1:], score=70)
    ids = [f"pair_{rows[0].pk}_{rows[1].pk}", f"pair_{rows[1].pk}_{rows[2].pk}"]

    def listed(query: str) -> list[str]:
        return [one["id"] for one in api.get(f"{DETECT}?{query}").json()["candidates"]]

    assert listed("") == ids
    assert listed("minScore=80") == ids[:1]
    assert listed(f"profileId={rows[2].pk}") == ids[1:]
    assert listed("limit=1&page=2") == ids[1:]


def test_pairs_people_have_decided_about_are_not_listed(world: World, acme: Tenant) -> None:
    case = make_case()
    decide_case(tenant=acme, by=world.by, case_id=case.pk, decision=Decision.DIFFERENT)
    assert world.api().get(DETECT).json()["candidates"] == []


def test_a_page_takes_as_many_queries_with_twenty_pairs_as_with_one(api: APIClient, acme: Tenant) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert api.get(DETECT).status_code == 200
        return len(asked)

    def add() -> None:
        rows = twins()
        refresh(acme, [row.pk for row in rows])
        make_candidate(rows[0].pk, rows[1].pk)

    add()
    count()
    before = count()
    for _ in range(19):
        add()
    assert count() == before


@pytest.mark.conforms("B46")
def test_somebody_who_is_typed_in_is_recognised_and_nothing_is_written(
    api: APIClient, acme: Tenant, johns: list[Profile]
) -> None:
    refresh(acme, [row.pk for row in johns])
    with nothing_written():
        body = api.post("/profiles/match", {"firstName": "Jon", "email": "JOHN@example.com"}).json()
    assert {one["profile"]["id"] for one in body["data"]} == {str(row.pk) for row in johns}
    best = body["data"][0]
    assert best["matchScore"] >= body["data"][1]["matchScore"]
    assert any(reason.startswith("E-mail") for reason in best["matchReasons"])
    only = api.post(f"/profiles/match?limit=1&exclude={johns[0].pk}", {"email": "john@example.com"}).json()
    assert [one["profile"]["id"] for one in only["data"]] == [str(johns[1].pk)]
    assert api.post("/profiles/match", {"firstName": "Nobody"}).json() == {"data": []}
    problem(api.post("/profiles/match", {"email": "no address"}), 400)


@pytest.mark.conforms("B45")
def test_a_pair_is_explained_whoever_asks_in_which_order(
    api: APIClient, acme: Tenant, johns: list[Profile]
) -> None:
    low, high = johns
    path = "/unify/explain?profileId1={}&profileId2={}"
    body = api.get(path.format(high.pk, low.pk)).json()
    assert body["id"] == f"pair_{low.pk}_{high.pk}"
    total = body["prior"] + sum(level["weight"] for level in body["levels"])
    assert total == pytest.approx(body["weight"], abs=0.1)
    assert {one["code"] for one in body["whyNot"]} <= {
        *("below_review", "below_merge", "conflict", "verdict", "family", "no_key", "shared_by_many"),
        "never_by_itself",
    }
    problem(api.get(path.format(low.pk, low.pk)), 400)


def test_people_may_put_a_pair_into_the_queue_themselves(api: APIClient, acme: Tenant) -> None:
    one, two = twins()
    body = api.post("/unify/candidates", {"profileIds": [str(two.pk), str(one.pk)]}).json()
    assert body["candidate"]["origin"] == "person"
    assert ReviewCase.objects.get().pk == Candidate.objects.get().case_id
    for ids in ([str(one.pk)], [str(one.pk)] * 2, ["x", "y"]):
        problem(api.post("/unify/candidates", {"profileIds": ids}), 400)


@pytest.mark.conforms("R40")
def test_unifying_one_customer_merges_the_sure_and_lists_the_rest(api: APIClient, acme: Tenant) -> None:
    same: dict[str, Any] = {
        "first_name": "Thandiwe",
        "last_name": "Mokoena",
        "email": "thandiwe@example.com",
        "phone": "+66811111111",
        "date_of_birth": "1990-05-17",
    }
    one, two = ProfileFactory(**same), ProfileFactory(**same)
    ProfileFactory(first_name="Sipho", last_name="Mokoena", email="", phone="+66811111111")
    refresh(acme, list(Profile.objects.values_list("pk", flat=True)))
    body = api.post(f"/profiles/auto-unify/{two.pk}").json()
    assert len(body["merges"]) == 1
    merge = Merge.objects.get()
    assert {merge.winner_id, merge.loser_id} == {one.pk, two.pk}
    assert body["profileId"] == str(merge.winner_id)
    assert body["candidates"], "a brother shares surname and phone: that is for people"
    for pair in body["candidates"]:
        assert str(merge.winner_id) in {pair["profile1"]["id"], pair["profile2"]["id"]}


def test_a_strangers_pairs_are_not_listed(world: World, acme: Tenant) -> None:
    with tenant_context(world.zenith):
        rows = twins()
        make_case(rows)
    with tenant_context(acme):
        assert world.api().post(DETECT).json()["candidates"] == []
        problem(world.api().post(f"{DETECT}?profileId={rows[0].pk}"), 404)
        problem(world.api().post(f"/profiles/auto-unify/{rows[0].pk}"), 404)
        problem(world.api().get(f"/unify/explain?profileId1={rows[0].pk}&profileId2={rows[1].pk}"), 404)
