"""Versions of a tenant's model: learned, tried, calibrated, published, compared."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from cdp.models import Tenant
from profiles.demo import load
from tests.factories.unify import make_case
from tests.unify.finding.people import BY, run, somchai, spouses, strangers
from unify.choices import Decision, ModelOrigin, ModelState, RunState
from unify.finding.current import current_model
from unify.finding.current import load as load_model
from unify.finding.errors import ModelNotDraft, ModelNotFound, NotEnough, UntrainedModel
from unify.finding.running import run_match
from unify.matching import MatchModel
from unify.matching.training import FEWEST_RECORDS
from unify.models import BulkDecision, MatchModelVersion, MatchRun, Verdict
from unify.operations.calibrate_model import calibrate_model
from unify.operations.diff_models import diff_models
from unify.operations.dry_run_model import dry_run_model
from unify.operations.publish_model import publish_model
from unify.operations.train_model import train_model


def draft(number: int, model: MatchModel) -> MatchModelVersion:
    return MatchModelVersion.objects.create(
        number=number, origin=ModelOrigin.EDITED, model=model.model_dump(mode="json"), records=100
    )


def forgetful(model: MatchModel) -> MatchModel:
    """The model with one level nothing was learned about."""
    first, *others = model.comparisons
    levels = list(first.comparison_levels)
    levels[-1] = levels[-1].model_copy(update={"m_probability": None})
    changed = first.model_copy(update={"comparison_levels": tuple(levels)})
    return model.model_copy(update={"comparisons": (changed, *others)})


def verdicts(count: int, **values: Any) -> None:
    rng, people = Random(3), strangers(40)
    usual = {"by": "user:x", "model_number": 1, **values}
    pairs = [(a, b) for a in people for b in people if a.pk < b.pk][:count]
    Verdict.objects.bulk_create(
        Verdict(
            low=low,
            high=high,
            decision=Decision.SAME if number % 2 else Decision.DIFFERENT,
            weight=rng.gauss(12 if number % 2 else -6, 6),
            low_fingerprint=1,
            high_fingerprint=1,
            **usual,
        )
        for number, (low, high) in enumerate(pairs)
    )


def test_a_tenant_begins_with_the_shipped_model(acme: Tenant) -> None:
    version, model = current_model(acme)
    assert (version.number, version.state, version.origin) == (1, ModelState.PUBLISHED, ModelOrigin.SHIPPED)
    assert current_model(acme)[1] is model
    assert MatchModelVersion.objects.count() == 1


def test_publishing_retires_the_version_before(acme: Tenant) -> None:
    before, model = current_model(acme)
    version = draft(2, model)
    publish_model(tenant=acme, by=BY, number=2)
    assert current_model(acme)[0].pk == version.pk
    before.refresh_from_db()
    assert before.state == ModelState.RETIRED
    with pytest.raises(ModelNotDraft):
        publish_model(tenant=acme, by=BY, number=1)
    with pytest.raises(ModelNotFound):
        publish_model(tenant=acme, by=BY, number=99)


def test_a_model_with_an_untrained_level_is_refused(acme: Tenant) -> None:
    _, model = current_model(acme)
    draft(2, forgetful(model))
    with pytest.raises(UntrainedModel) as refused:
        publish_model(tenant=acme, by=BY, number=2)
    assert refused.value.levels == ("first_name: different",)
    assert current_model(acme)[0].number == 1


def test_a_trial_of_a_model_with_an_untrained_level_tries_what_would_be_used(acme: Tenant) -> None:
    _, model = current_model(acme)
    draft(2, forgetful(model))
    done = run_match(tenant=acme, run_id=dry_run_model(tenant=acme, by=BY, number=2).pk)
    assert (done.state, done.error) == (RunState.DONE, "")
    assert done.counts["shipped_levels"] == ["first_name: different"]
    assert done.counts["changes"] == {}


def test_untrained_levels_may_be_taken_from_the_shipped_model(acme: Tenant) -> None:
    _, model = current_model(acme)
    draft(2, forgetful(model))
    version = publish_model(tenant=acme, by=BY, number=2, complete=True)
    assert (version.number, version.state) == (3, ModelState.PUBLISHED)
    load_model(version).validate_trained()
    assert version.report["shipped_levels"] == ["first_name: different"]


@pytest.mark.slow
def test_training_makes_a_draft(acme: Tenant) -> None:
    load(acme, 1500, seed=3)
    done = run_match(tenant=acme, run_id=train_model(tenant=acme, by=BY).pk)
    assert (done.state, done.error) == (RunState.DONE, "")
    version = MatchModelVersion.objects.get(number=done.counts["version"])
    assert done.model_version_id == version.pk
    assert (version.state, version.origin) == (ModelState.DRAFT, ModelOrigin.TRAINED)
    assert version.report["untrained"] == load_report(version)


def test_training_opens_no_database_but_the_one_that_is_loaded(
    acme: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only DuckDB keeps to MATCHING_MEMORY; a table that carried everybody to another one would not."""
    load(acme, 600, seed=3)
    monkeypatch.delattr("unify.matching.training.connect")
    done = run_match(tenant=acme, run_id=train_model(tenant=acme, by=BY).pk)
    assert (done.state, done.error) == (RunState.DONE, "")
    assert done.counts["records"] >= FEWEST_RECORDS


def load_report(version: MatchModelVersion) -> list[str]:
    missing = []
    for comparison in load_model(version).comparisons:
        for level in comparison.comparison_levels:
            if not level.is_trained:
                missing.append(f"{comparison.output_column_name}: {level.label_for_charts}")
    return missing


def test_too_few_customers_teach_nothing(acme: Tenant) -> None:
    strangers(5)
    done = run_match(tenant=acme, run_id=train_model(tenant=acme, by=BY).pk)
    assert done.state == RunState.FAILED
    assert "too few" in done.error
    assert not MatchModelVersion.objects.filter(origin=ModelOrigin.TRAINED).exists()


def test_verdicts_calibrate_the_model(acme: Tenant) -> None:
    verdicts(260)
    version = calibrate_model(tenant=acme, by=BY)
    calibration = load_model(version).calibration
    assert calibration is not None
    assert (calibration.verdicts, version.state) == (260, ModelState.DRAFT)
    assert diff_models(tenant=acme, before=1, after=version.number).is_calibration_changed


def test_too_few_verdicts_are_refused(acme: Tenant) -> None:
    verdicts(30)
    with pytest.raises(NotEnough):
        calibrate_model(tenant=acme, by=BY)
    assert not MatchModelVersion.objects.filter(origin=ModelOrigin.CALIBRATED).exists()


def test_what_was_accepted_many_at_once_teaches_nothing(acme: Tenant) -> None:
    """Nobody has looked: the model would learn from itself."""
    bulk = BulkDecision.objects.create(least_score=90, state=RunState.DONE)
    verdicts(260, case=make_case(bulk=bulk))
    with pytest.raises(NotEnough):
        calibrate_model(tenant=acme, by=BY)


def test_what_was_said_of_other_weights_teaches_nothing(acme: Tenant) -> None:
    verdicts(260)
    _, model = current_model(acme)
    draft(2, model)
    publish_model(tenant=acme, by=BY, number=2)
    with pytest.raises(NotEnough):
        calibrate_model(tenant=acme, by=BY)


def test_a_calibrated_version_weighs_as_the_one_before(acme: Tenant) -> None:
    verdicts(260)
    version = calibrate_model(tenant=acme, by=BY)
    publish_model(tenant=acme, by=BY, number=version.number)
    again = load_model(calibrate_model(tenant=acme, by=BY)).calibration
    assert again == load_model(version).calibration


def test_the_last_word_counts(acme: Tenant) -> None:
    verdicts(260)
    for said in Verdict.objects.all()[:70]:
        said.pk, said.decision = None, ""
        said.save(force_insert=True)
    with pytest.raises(NotEnough):
        calibrate_model(tenant=acme, by=BY)


@pytest.mark.conforms("B51")
def test_a_trial_says_what_would_change_and_changes_nothing(acme: Tenant) -> None:
    strangers()
    spouses()
    somchai(), somchai(email="", phone="")
    run(acme)
    _, model = current_model(acme)
    wary = model.model_copy(update={"score_map": ((-30.0, 0), (40.0, 50), (60.0, 100))})
    draft(9, wary)
    ordered = dry_run_model(tenant=acme, by=BY, number=9)
    before = MatchRun.objects.count()
    done = run_match(tenant=acme, run_id=ordered.pk)
    assert (done.state, MatchRun.objects.count()) == (RunState.DONE, before)
    dropped = done.counts["changes"]["queue_to_drop"]
    assert dropped["count"] == len(dropped["pairs"]) == done.counts["before"]["queue"]
    assert done.counts["after"] == {"merge": 0, "queue": 0}
    assert current_model(acme)[0].number != 9


def test_two_versions_are_compared_level_by_level(acme: Tenant) -> None:
    _, model = current_model(acme)
    first, *others = model.comparisons
    levels = list(first.comparison_levels)
    levels[-1] = levels[-1].model_copy(update={"m_probability": 0.05})
    changed = first.model_copy(update={"comparison_levels": tuple(levels)})
    draft(2, model.model_copy(update={"comparisons": (changed, *others)}))
    (change,) = diff_models(tenant=acme, before=1, after=2).levels
    assert (change.comparison, change.level) == ("first_name", "different")
    assert change.before is not None
    assert change.after is not None
    assert change.after < change.before
