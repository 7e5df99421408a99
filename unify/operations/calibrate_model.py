"""Letting people's decisions say how sure a weight is."""

from __future__ import annotations

from django.db import transaction

from cdp import audit
from cdp.actors import Actor
from cdp.models import Tenant
from cdp.sentences import translated
from profiles.locking import lock_values
from unify.choices import Decision, ModelOrigin, ModelState
from unify.finding.current import current_model, next_number
from unify.finding.errors import NotEnough
from unify.matching import NotEnoughData, calibrate
from unify.matching import Verdict as Said
from unify.models import MatchModelVersion, Verdict


@transaction.atomic
def calibrate_model(*, tenant: Tenant, by: Actor) -> MatchModelVersion:
    """Make a draft of the model in use, its scores scaled by the verdicts; raises NotEnough under 200."""
    lock_values(tenant.pk, ["match_models"])
    current, model = current_model(tenant)
    try:
        calibration = calibrate(said())
    except NotEnoughData as error:
        raise NotEnough(translated(str(error))) from error
    number = next_number()
    version = MatchModelVersion.objects.create(
        number=number,
        state=ModelState.DRAFT,
        origin=ModelOrigin.CALIBRATED,
        model=model.model_copy(update={"version": number, "calibration": calibration}).model_dump(
            mode="json"
        ),
        records=current.records,
        report={"calibrated_from": current.number, "verdicts": calibration.verdicts},
        created_by=str(by),
        updated_by=str(by),
    )
    audit.record(verb="match_model.calibrate", obj=version, by=by, changes={"number": [None, number]})
    return version


def said() -> list[Said]:
    """Return the last word on every pair a person decided on, with the weight the model gave it."""
    latest = Verdict.objects.order_by("low_id", "high_id", "-created_at", "-id").distinct("low_id", "high_id")
    rows = latest.values_list("decision", "weight", "has_conflict", "by")
    return [
        Said(weight=weight, has_conflict=has_conflict, is_same=decision == Decision.SAME)
        for decision, weight, has_conflict, by in rows
        if decision and weight is not None and by.startswith("user:")
    ]
