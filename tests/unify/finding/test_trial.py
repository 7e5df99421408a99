"""The trial of a model counts what a run would do, not what scores alone would say."""

from __future__ import annotations

from typing import Any

import pytest

from cdp.models import Tenant
from profiles.models import Profile
from tests.unify.finding.people import BY, run, somchai, strangers
from tests.unify.finding.test_family import Pairs
from tests.unify.finding.test_family import linked as linked
from unify.choices import CandidateOrigin, Decision, RunState
from unify.deciding.verdicts import Opinion, record_verdicts
from unify.finding import pairing
from unify.finding.current import current_model
from unify.finding.running import run_match
from unify.finding.verdicts import held_apart
from unify.matching import candidates
from unify.models import Candidate, MatchModelVersion, MatchSettings, Merge
from unify.operations.dry_run_model import dry_run_model
from unify.operations.open_candidate import open_candidate


def trial(tenant: Tenant) -> dict[str, Any]:
    """Try a version that is the one in use, and return what it would do."""
    _, model = current_model(tenant)
    MatchModelVersion.objects.create(number=9, origin="edited", model=model.model_dump(mode="json"))
    done = run_match(tenant=tenant, run_id=dry_run_model(tenant=tenant, by=BY, number=9).pk)
    assert (done.state, done.error) == (RunState.DONE, "")
    assert done.counts["before"] == done.counts["after"]
    assert done.counts["changes"] == {}
    after: dict[str, Any] = done.counts["after"]
    return after


def said(tenant: Tenant, one: Profile, other: Profile, decision: str) -> None:
    low, high = sorted((one.pk, other.pk))
    record_verdicts(tenant, [Opinion((low, high), decision)], by=BY, case=None)


def test_what_is_sure_would_be_merged(acme: Tenant) -> None:
    strangers()
    somchai(), somchai()
    assert trial(acme) == {"merge": 1, "queue": 0}


@pytest.mark.conforms("B51")
def test_what_people_have_said_is_not_the_same_would_be_left_alone(acme: Tenant) -> None:
    strangers()
    one, other = somchai(), somchai()
    said(acme, one, other, Decision.DIFFERENT)
    assert held_apart()
    assert trial(acme) == {"merge": 0, "queue": 0}


@pytest.mark.conforms("B51")
def test_what_is_peoples_would_wait_for_them(acme: Tenant) -> None:
    strangers()
    one, other = somchai(), somchai()
    open_candidate(tenant=acme, low_id=one.pk, high_id=other.pk, origin=CandidateOrigin.PERSON)
    assert trial(acme) == {"merge": 0, "queue": 1}


@pytest.mark.conforms("B51")
def test_relatives_would_be_left_alone(acme: Tenant, linked: Pairs) -> None:
    strangers()
    one, other = somchai(), somchai()
    linked.append((min(one.pk, other.pk), max(one.pk, other.pk)))
    assert trial(acme) == {"merge": 0, "queue": 0}


@pytest.mark.conforms("B51")
@pytest.mark.parametrize(
    ("rules", "fate"),
    [
        ({}, {"merge": 3, "queue": 0}),
        ({"largest_cluster": 2}, {"merge": 1, "queue": 2}),
        ({"merges_by_itself": False}, {"merge": 0, "queue": 3}),
        ({"needs_second_person": True, "risky_events": 0}, {"merge": 0, "queue": 3}),
    ],
)
def test_a_trial_goes_by_the_rules_of_the_tenant(
    acme: Tenant, rules: dict[str, Any], fate: dict[str, int]
) -> None:
    MatchSettings.objects.create(**rules)
    strangers()
    for _ in range(3):
        somchai()
    assert trial(acme) == fate
    assert not Merge.objects.exists()
    assert not Candidate.objects.exists()
    run(acme)
    merged = Merge.objects.count()
    assert (merged > 0) is (fate["merge"] > 0), "as the run then does"


@pytest.mark.conforms("B51")
def test_a_trial_compares_by_the_keys_a_run_can_afford(acme: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing, "LARGE", 0)
    monkeypatch.setattr(pairing, "ALL_PAIRS", 0)
    monkeypatch.setattr(candidates, "ALL_PAIRS", 0)
    monkeypatch.setattr(pairing, "INDEXED_KINDS", ("t",))
    strangers()
    somchai(), somchai()
    assert trial(acme) == {"merge": 0, "queue": 0}, "no tax ids, no pairs"
