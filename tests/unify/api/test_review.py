"""The review queue through the API."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from cdp.models import Tenant
from cdp.permissions import UNIFY_MERGE
from cdp.tenancy.context import tenant_context
from profiles.models import Profile
from tests.factories.unify import as_scored, make_case, twins
from tests.profiles.api.expect import nothing_written, problem
from tests.world import World
from unify.choices import CaseState
from unify.models import MatchSettings, ReviewCase, Verdict


@pytest.fixture
def other(world: World, acme: Tenant) -> APIClient:
    """A second reviewer."""
    return world.api(world.scoped_key(UNIFY_MERGE))


def claim(api: APIClient, **said: Any) -> dict[str, Any]:
    response = api.post("/unify/cases/claim", said)
    assert response.status_code == 200, response.content
    body: dict[str, Any] = response.json()
    return body


@pytest.mark.conforms("B46")
def test_each_reviewer_gets_a_case_with_all_it_takes_to_decide(
    api: APIClient, acme: Tenant, other: APIClient
) -> None:
    rows = twins()
    make_case(rows, score=90)
    make_case(score=70)
    first, second = claim(api), claim(other)
    shown = first["case"]
    assert (shown["bestScore"], shown["size"], shown["state"]) == (90, 2, "open")
    assert shown["versions"] == {str(row.pk): 1 for row in rows}
    assert [one["id"] for one in shown["profiles"]] == [str(row.pk) for row in rows]
    assert shown["candidates"][0]["id"] == f"pair_{rows[0].pk}_{rows[1].pk}"
    assert shown["suggestedWinnerId"] in shown["versions"]
    assert second["case"]["bestScore"] == 70
    assert first["progress"] == {"mine": 0, "everybody": 0, "left": 2}
    assert claim(api)["case"]["id"] == shown["id"]
    problem(other.post("/unify/cases/claim", {"caseId": shown["id"]}), 409)


@pytest.mark.conforms("B46")
def test_a_case_is_put_off_left_and_looked_at_longer(api: APIClient, acme: Tenant, other: APIClient) -> None:
    case = make_case()
    path = f"/unify/cases/{case.pk}"
    claim(api)
    assert api.post(f"{path}/renew").json()["claimedUntil"]
    problem(other.post(f"{path}/renew"), 409)
    problem(other.post(f"{path}/skip"), 409)
    assert api.post(f"{path}/release").json()["claimedBy"] is None
    assert claim(other)["case"]["id"] == str(case.pk)
    assert other.post(f"{path}/skip").json()["claimedUntil"] is None
    problem(other.post(f"{path}/renew"), 409)


@pytest.mark.conforms("B46", "R43")
def test_a_decision_merges_and_can_be_taken_back(api: APIClient, acme: Tenant) -> None:
    one, two = twins()
    case = make_case([one, two])
    path = f"/unify/cases/{case.pk}"
    said = {
        "decision": "same",
        "winnerId": str(two.pk),
        "resolvedConflicts": {"email": str(one.pk)},
        "reason": "Same person at the counter",
        "versions": {str(one.pk): 1, str(two.pk): 1},
    }
    body = api.post(f"{path}/decide", said).json()
    assert (body["case"]["state"], body["needsSecond"], body["isReopened"]) == ("decided", False, False)
    assert body["merges"][0]["winnerId"] == str(two.pk)
    assert api.get(f"/profiles/{one.pk}").json()["email"] == one.email
    problem(api.post(f"{path}/decide", {"decision": "same"}), 409)
    back = api.post(f"{path}/undo", {}).json()
    assert (back["state"], back["decision"]) == ("open", None)
    assert Profile.objects.active().count() == 2
    verdicts = api.get(f"/unify/verdicts?caseId={case.pk}").json()["data"]
    assert [one["decision"] for one in verdicts] == [None, "same"]
    problem(api.post(f"{path}/undo", {}), 409)


@pytest.mark.conforms("B46")
def test_what_has_changed_since_it_was_seen_is_named(api: APIClient, acme: Tenant) -> None:
    one, two = twins()
    path = f"/unify/cases/{make_case([one, two]).pk}"
    claim(api)
    api.patch(f"/profiles/{two.pk}", {"email": "new@example.com"})
    refused = problem(api.post(f"{path}/decide", {"decision": "different"}), 409)
    assert refused["changed"] == [{"profileId": str(two.pk), "fields": ["email"]}]
    assert not Verdict.objects.exists()


@pytest.mark.conforms("B46")
def test_programs_do_not_decide_what_takes_two_people(world: World, acme: Tenant) -> None:
    MatchSettings.objects.create(needs_second_person=True)
    case = make_case(is_risky=True)
    path = f"/unify/cases/{case.pk}/decide"
    problem(world.api().post(path, {"decision": "same"}), 403)
    browser = world.browser(world.alice)
    body = browser.post(path, {"decision": "same"}, "application/json").json()
    assert (body["needsSecond"], body["case"]["state"]) == (True, "second")
    assert body["case"]["firstDecision"]["by"] == str(world.alice.actor)
    problem(browser.post(path, {"decision": "same"}, "application/json"), 409)


@pytest.mark.conforms("B46", "R170")
@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"decision": "SAME"},
        {"decision": "mixed"},
        {"decision": "same", "winnerId": "x"},
        {"decision": "same", "winnerId": "01a1fa92-8012-70cd-bd56-25e7e5a38514"},
        {"decision": "same", "loserIds": []},
        {"decision": "same", "versions": {"x": 1}},
        {"decision": "same", "versions": {"01a1fa92-8012-70cd-bd56-25e7e5a38514": "1"}},
        {"decision": "same", "resolvedConflicts": {"nonsense": "profile1"}},
        {"decision": "different", "reason": "a\u0000b"},
    ],
    ids=str,
)
def test_a_decision_that_makes_no_sense_is_refused(
    api: APIClient, acme: Tenant, wrong: dict[str, Any]
) -> None:
    case = make_case()
    with nothing_written():
        problem(api.post(f"/unify/cases/{case.pk}/decide", wrong), 400)
    case.refresh_from_db()
    assert (case.state, case.claimed_by) == (CaseState.OPEN, "")
    assert not Verdict.objects.exists()


@pytest.mark.conforms("B46")
def test_many_clear_cases_are_accepted_at_once(api: APIClient, acme: Tenant) -> None:
    cases = [make_case(score=92), make_case(score=92)]
    as_scored(acme, *cases)
    make_case(score=70)
    problem(api.post("/unify/cases/accept", {"leastScore": 60.0}), 400)
    body = api.post("/unify/cases/accept", {"leastScore": 90.0, "reason": "Sampled"}).json()
    assert (body["state"], body["accepted"], body["leftOut"], body["progress"]) == ("done", 2, 0, 100)
    assert api.get(f"/unify/bulk-decisions/{body['id']}").json() == body
    assert api.post(f"/unify/bulk-decisions/{body['id']}/stop").json()["state"] == "done"
    assert api.get("/unify/progress").json() == {"mine": 2, "everybody": 2, "left": 1}


@pytest.mark.conforms("B46")
def test_cases_are_listed_by_what_they_are(api: APIClient, acme: Tenant) -> None:
    rows = twins()
    best, other, decided = make_case(rows, score=90), make_case(score=70), make_case(score=80)
    api.post(f"/unify/cases/{decided.pk}/decide", {"decision": "different"})

    def listed(query: str) -> list[str]:
        return [one["id"] for one in api.get(f"/unify/cases?{query}").json()["data"]]

    assert listed("state=open") == [str(best.pk), str(other.pk)]
    assert listed("state=decided") == [str(decided.pk)]
    assert listed(f"profileId={rows[0].pk}") == listed("minScore=85") == [str(best.pk)]
    assert listed("limit=1&page=2") == [str(decided.pk)]


def test_a_strangers_queue_is_not_there(world: World, acme: Tenant) -> None:
    with tenant_context(world.zenith):
        case = make_case()
    api = world.api()
    assert claim(api)["case"] is None
    problem(api.get(f"/unify/cases/{case.pk}"), 404)
    for act, body in (("decide", {"decision": "same"}), ("undo", {}), ("skip", None), ("release", None)):
        problem(api.post(f"/unify/cases/{case.pk}/{act}", body), 404)
    with tenant_context(world.zenith):
        assert ReviewCase.objects.get().state == CaseState.OPEN
