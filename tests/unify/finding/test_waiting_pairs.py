"""Pairs that wait: a search ends their waiting only because of what their records say."""

from __future__ import annotations

from datetime import timedelta

import pyarrow as pa
import pytest
from django.conf import LazySettings
from django.utils import timezone

from cdp.models import Tenant
from profiles.models import Profile
from tests.factories.profiles import ProfileFactory
from tests.unify.finding.people import STREET, run, spouses, strangers
from tests.unify.finding.test_incremental_run import by_the_index as by_the_index
from tests.unify.finding.test_incremental_run import edit, pass_time
from unify.choices import CandidateState, CaseState, ModelOrigin, ModelState, RunKind
from unify.finding import pairing
from unify.finding.current import current_model
from unify.matching import candidates
from unify.matching.batch import predict
from unify.models import Candidate, MatchModelVersion, MatchSettings, ReviewCase


@pytest.fixture
def by_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare only who shares a key, as in a larger tenant."""
    monkeypatch.setattr(pairing, "ALL_PAIRS", 0)
    monkeypatch.setattr(candidates, "ALL_PAIRS", 0)


def share_keys_with_two_at_most(tenant: Tenant) -> None:
    """Take a model into use that compares nobody by a key that three hold."""
    _, model = current_model(tenant)
    blocking = model.blocking.model_copy(update={"most_records_per_key": 2})
    MatchModelVersion.objects.update(state=ModelState.RETIRED)
    MatchModelVersion.objects.create(
        number=2,
        state=ModelState.PUBLISHED,
        origin=ModelOrigin.EDITED,
        model=model.model_copy(update={"blocking": blocking}).model_dump(mode="json"),
    )


def another_srisuk() -> Profile:
    """A third person who holds every key the spouses share."""
    shared = {"last_name": "Srisuk", "phone": "+66899999999", "address": STREET, "email": ""}
    return ProfileFactory(first_name="Malee", name="Malee Srisuk", **shared)


def found() -> set[tuple[object, object]]:
    rows = Candidate.objects.filter(state=CandidateState.PENDING)
    return set(rows.values_list("low_id", "high_id"))


@pytest.mark.conforms("R41")
def test_a_pair_whose_keys_too_many_hold_by_now_waits_on(acme: Tenant, by_keys: None) -> None:
    share_keys_with_two_at_most(acme)
    strangers()
    spouses()
    run(acme)
    (waiting,) = found()
    another_srisuk()
    done = run(acme)
    assert found() == {waiting}, "nobody new is found by such keys, and nobody who waits is lost"
    assert done.counts["withdrawn"] == 0
    assert ReviewCase.objects.get().state == CaseState.OPEN


def test_so_it_does_when_one_of_them_was_edited(acme: Tenant, by_the_index: None) -> None:
    share_keys_with_two_at_most(acme)
    strangers()
    anong, _ = spouses()
    run(acme)
    pass_time()
    (waiting,) = found()
    another_srisuk()
    edit(anong, first_name="Anongnat")
    done = run(acme, RunKind.INCREMENTAL)
    assert "whole" not in done.counts
    assert found() == {waiting}


def test_so_it_does_on_the_other_engine(
    acme: Tenant, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine that finds nothing is a stand-in: what waits is compared beside it."""
    strangers()
    spouses()
    run(acme)
    (waiting,) = found()

    def none(model: object, table: pa.Table, **_: object) -> pa.Table:
        return predict(model, table).slice(0, 0)  # type: ignore[arg-type]

    monkeypatch.setattr(pairing, "predict", none)
    settings.MATCHING_ENGINE = "spark"
    run(acme)
    assert found() == {waiting}


@pytest.mark.conforms("B46")
@pytest.mark.parametrize("is_held", [True, False])
@pytest.mark.parametrize("state", [CaseState.OPEN, CaseState.SECOND])
def test_a_case_somebody_is_at_stays_though_its_records_are_no_longer_alike(
    acme: Tenant, state: CaseState, *, is_held: bool
) -> None:
    MatchSettings.objects.create(needs_second_person=True)
    strangers()
    anong, _ = spouses()
    run(acme)
    until = timezone.now() + timedelta(minutes=5 if is_held else -5)
    first = {"by": "user:x", "decision": "same"} if state == CaseState.SECOND else {}
    ReviewCase.objects.update(state=state, first_decision=first, claimed_by="user:y", claimed_until=until)
    edit(anong, last_name="Wongsawat", phone="+66877777777", address={})
    anong.contact_points.all().delete()
    run(acme)
    is_kept = is_held or state == CaseState.SECOND
    case = ReviewCase.objects.get()
    assert case.state == (state if is_kept else CaseState.WITHDRAWN)
    assert case.first_decision == first
    assert bool(found()) is is_kept
