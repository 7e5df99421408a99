"""Merging through the API, and taking it back."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from profiles.models import Profile
from tests.factories.profiles import ProfileFactory
from tests.factories.unify import make_case, twins
from tests.profiles.api.expect import nothing_written, problem
from tests.world import World
from unify.choices import CaseState
from unify.models import Candidate, MatchSettings, Merge, ReviewCase, Verdict

NOBODY = "0191f3a2-0000-7000-8000-000000000000"


@pytest.fixture
def pair(acme: Tenant) -> tuple[Profile, Profile]:
    low, high = twins()
    make_case([low, high], score=83)
    return low, high


def pair_id(one: Profile, other: Profile) -> str:
    return f"pair_{one.pk}_{other.pk}"


def body_of(*profiles: Profile, **more: Any) -> dict[str, Any]:
    return {"candidateIds": [pair_id(*profiles)], **more}


@pytest.mark.conforms("R38", "R43")
def test_a_candidate_is_merged_into_its_first_customer(
    api: APIClient, acme: Tenant, pair: tuple[Profile, Profile]
) -> None:
    low, high = pair
    said = body_of(
        low, high, strategy="MERGE_BOTH", resolvedConflicts={"phone": high.phone, "name": "John Doe"}
    )
    response = api.post("/profiles/merge", said)
    body = response.json()
    assert response.status_code == 200, body
    assert (body["id"], body["name"], body["phone"]) == (str(low.pk), "John Doe", high.phone)
    assert body["mergedFrom"] == [str(high.pk)]
    assert body["mergedAt"]
    assert [one["loserId"] for one in body["merges"]] == [str(high.pk)]
    merge = Merge.objects.get()
    assert (merge.origin, merge.score, merge.candidate_ids) == ("api", 83, [pair_id(low, high)])
    assert Verdict.objects.get().decision == "same"
    assert Candidate.objects.get().state == "merged"
    assert ReviewCase.objects.get().state == CaseState.WITHDRAWN


@pytest.mark.conforms("R38")
@pytest.mark.parametrize(
    ("strategy", "index"), [("PROFILE1_WINS", 0), ("PROFILE2_WINS", 1), ("MOST_RECENT", 1)]
)
def test_strategies_say_whose_values_are_kept(
    api: APIClient, acme: Tenant, pair: tuple[Profile, Profile], strategy: str, index: int
) -> None:
    Profile.objects.filter(pk=pair[0].pk).update(industry="Golf")
    Profile.objects.filter(pk=pair[1].pk).update(industry="Tennis")
    body = api.post("/profiles/merge", body_of(*pair, strategy=strategy)).json()
    assert body["id"] == str(pair[0].pk), "the first survives, whoever wins"
    assert body["email"] == pair[index].email
    assert {one["email"] for one in body["emails"]} == {row.email for row in pair}


@pytest.mark.conforms("R38", "B49")
def test_pairs_that_hang_together_are_merged_at_once(api: APIClient, acme: Tenant) -> None:
    rows = twins(3)
    ids = [pair_id(rows[1], rows[2]), pair_id(rows[0], rows[1])]
    body = api.post("/profiles/merge", {"candidateIds": ids, "winnerId": str(rows[2].pk)}).json()
    assert body["id"] == str(rows[2].pk)
    assert set(body["mergedFrom"]) == {str(rows[0].pk), str(rows[1].pk)}
    assert len({one["groupId"] for one in body["merges"]}) == 1


@pytest.mark.conforms("R43")
def test_a_preview_says_what_would_be_kept_and_writes_nothing(
    api: APIClient, acme: Tenant, pair: tuple[Profile, Profile]
) -> None:
    with nothing_written():
        body = api.post("/profiles/merge/preview", body_of(*pair)).json()
    assert (body["winnerId"], body["loserIds"]) == (str(pair[0].pk), [str(pair[1].pk)])
    fields = {field["name"]: field for field in body["fields"]}
    assert fields["email"]["values"] == {str(row.pk): row.email for row in pair}
    assert fields["email"]["differs"] is True
    merged = api.post("/profiles/merge", body_of(*pair)).json()
    assert merged["email"] == fields["email"]["chosen"]
    assert body["needsSecondPerson"] is False


@pytest.mark.conforms("R39")
def test_a_customer_swallows_another_and_the_others_id_leads_there(
    api: APIClient, acme: Tenant, pair: tuple[Profile, Profile]
) -> None:
    low, high = pair
    response = api.post(f"/api/v1/customers/{high.pk}/merge", {"loserId": str(low.pk)})
    assert (response.status_code, response.json()["id"]) == (200, str(high.pk))
    seen = api.get(f"/api/v1/customers/{low.pk}")
    assert (seen.json()["id"], seen["X-Merged-Into"]) == (str(high.pk), str(high.pk))


@pytest.mark.conforms("R38", "R170")
@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"candidateIds": []},
        {"candidateIds": "pair_1_2"},
        {"candidateIds": ["pair_1_2"]},
        {"candidateIds": ["pair_{0}_{0}"]},
        {"candidateIds": ["{0}_{1}"]},
        {"candidateIds": ["pair_{0}_{1}"] * 101},
        {"candidateIds": ["pair_{0}_{1}"], "strategy": "BOTH"},
        {"candidateIds": ["pair_{0}_{1}"], "resolvedConflicts": []},
        {"candidateIds": ["pair_{0}_{1}"], "resolvedConflicts": {"nonsense": 1}},
        {"candidateIds": ["pair_{0}_{1}"], "resolvedConflicts": {"email": "no address"}},
        {"candidateIds": ["pair_{0}_{1}"], "winnerId": NOBODY},
        {"candidateIds": ["pair_{0}_{1}"], "reason": "x" * 501},
        {"candidateIds": ["pair_{0}_{1}"], "force": "yes"},
        {"candidateIds": ["pair_{0}_{1}", f"pair_{NOBODY}_{NOBODY}"]},
    ],
    ids=str,
)
def test_a_body_that_makes_no_sense_is_refused(
    api: APIClient, acme: Tenant, pair: tuple[Profile, Profile], wrong: dict[str, Any]
) -> None:
    ids = wrong.get("candidateIds")
    if isinstance(ids, list):
        wrong = {**wrong, "candidateIds": [one.format(*(row.pk for row in pair)) for one in ids]}
    with nothing_written():
        for path in ("/profiles/merge", "/profiles/merge/preview"):
            problem(api.post(path, wrong), 400)
    assert not Verdict.objects.exists()


def test_hard_stops_and_what_is_one_already_are_conflicts(
    api: APIClient, acme: Tenant, pair: tuple[Profile, Profile]
) -> None:
    for number, row in enumerate(pair):
        Profile.objects.filter(pk=row.pk).update(auth_user_id=f"login-{number}")
    refused = problem(api.post("/profiles/merge", body_of(*pair)), 409)
    assert (refused["type"], refused["canForce"]) == ("/problems/different-logins", False)
    Profile.objects.filter(pk=pair[0].pk).update(auth_user_id=None)
    assert api.post("/profiles/merge", body_of(*pair)).status_code == 200
    again = problem(api.post("/profiles/merge", body_of(*pair)), 409)
    assert again["survivorId"] == str(pair[0].pk)


def test_a_merge_repeated_with_its_key_is_made_once(
    api: APIClient, acme: Tenant, pair: tuple[Profile, Profile]
) -> None:
    answers = [
        api.post("/profiles/merge", body_of(*pair), headers={"Idempotency-Key": "once"}).json()
        for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert Merge.objects.count() == 1


@pytest.mark.conforms("B46")
def test_a_risky_merge_is_for_the_queue_where_two_people_are_asked(
    api: APIClient, acme: Tenant, pair: tuple[Profile, Profile]
) -> None:
    MatchSettings.objects.create(needs_second_person=True)
    assert api.post("/profiles/merge/preview", body_of(*pair)).json()["needsSecondPerson"] is False
    Profile.objects.filter(pk=pair[0].pk).update(type="COMPANY")
    assert api.post("/profiles/merge/preview", body_of(*pair)).json()["needsSecondPerson"] is True
    with nothing_written():
        refused = problem(api.post("/profiles/merge", body_of(*pair)), 409)
        assert refused["caseId"] == str(ReviewCase.objects.get().pk)
        path = f"/api/v1/customers/{pair[0].pk}/merge"
        problem(api.post(path, {"loserId": str(pair[1].pk)}), 409)


@pytest.mark.conforms("R44", "R43")
def test_a_merge_is_taken_back_and_edits_since_are_asked_about(
    api: APIClient, acme: Tenant, pair: tuple[Profile, Profile]
) -> None:
    low, high = pair
    merged = api.post("/profiles/merge", body_of(low, high)).json()
    path = f"/profiles/merges/{merged['merges'][0]['id']}/unmerge"
    api.patch(f"/profiles/{low.pk}", {"industry": "Golf"})
    preview = api.get(path).json()
    assert (preview["winnerId"], preview["loserId"]) == (str(low.pk), str(high.pk))
    edit = preview["edits"][0]
    assert (edit["now"], edit["needsAnswer"]) == ("Golf", True)
    question = problem(api.post(path, {}), 409)
    assert [one["key"] for one in question["edits"]] == [edit["key"]]
    problem(api.post(path, {"answers": {edit["key"]: "perhaps"}}), 400)
    body = api.post(path, {"answers": {edit["key"]: "keep"}}).json()
    assert body["merge"]["status"] == "UNDONE"
    assert body["answered"] == {edit["key"]: "keep"}
    shown = {pk: api.get(f"/profiles/{pk}").json() for pk in (low.pk, high.pk)}
    assert [one["id"] for one in shown.values()] == [str(low.pk), str(high.pk)]
    assert shown[low.pk]["industry"] == "Golf"
    problem(api.post(path, {"default": "keep"}), 409)


@pytest.mark.conforms("R43")
def test_the_history_lists_what_was_merged_and_what_was_taken_back(
    api: APIClient, acme: Tenant, pair: tuple[Profile, Profile]
) -> None:
    other = twins()
    for rows in (pair, other):
        api.post("/profiles/merge", body_of(*rows, reason="Seen in the shop"))
    merge_id = str(Merge.objects.get(loser=pair[1]).pk)
    api.post(f"/profiles/merges/{merge_id}/unmerge", {"default": "revert"})

    def listed(query: str) -> list[str]:
        return [one["loserId"] for one in api.get(f"/profiles/merges?{query}").json()["data"]]

    assert listed("") == [str(other[1].pk), str(pair[1].pk)]
    assert listed("status=UNDONE") == listed(f"profileId={pair[0].pk}") == [str(pair[1].pk)]
    assert listed("origin=auto") == []
    one = api.get(f"/profiles/merges/{merge_id}").json()
    assert (one["reason"], one["status"]) == ("Seen in the shop", "UNDONE")


@pytest.mark.conforms("R38", "R158")
def test_a_strangers_customers_are_not_there(world: World, acme: Tenant) -> None:
    ours = ProfileFactory()
    with tenant_context(world.zenith):
        theirs = ProfileFactory()
    api = world.api()
    with nothing_written():
        for said in (body_of(ours, theirs), body_of(theirs, ours)):
            problem(api.post("/profiles/merge", said), 404)
            problem(api.post("/profiles/merge/preview", said), 404)
        problem(api.post(f"/api/v1/customers/{ours.pk}/merge", {"loserId": str(theirs.pk)}), 404)
        problem(api.post(f"/api/v1/customers/{theirs.pk}/merge", {"loserId": str(ours.pk)}), 404)
