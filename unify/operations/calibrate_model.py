"""Letting people's decisions say how sure a weight is."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from cdp import audit
from cdp.actors import Actor
from cdp.choices import ActorKind
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
    """Make a draft of the model in use, its scores scaled by the verdicts on its own weights.

    Raises NotEnough under 200 of them, or under 10 of a kind.
    """
    lock_values(tenant.pk, ["match_models"])
    current, model = current_model(tenant)
    try:
        calibration = calibrate(said(current))
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


def said(version: MatchModelVersion) -> list[Said]:
    """Return what people have said of pairs, with the weights the version gave them."""
    rows = lessons(version).values_list("decision", "weight", "has_conflict")
    return [
        Said(weight=weight, has_conflict=has_conflict, is_same=decision == Decision.SAME)
        for decision, weight, has_conflict in rows
        if weight is not None
    ]


def lessons(version: MatchModelVersion) -> QuerySet[Verdict]:
    """Return the last word on each pair a person has looked at, and the version weighs as was said of then.

    What was accepted many at once teaches nothing: nobody looked, so that it only repeats the scores.
    """
    is_later = Q(created_at__gt=OuterRef("created_at")) | Q(
        created_at=OuterRef("created_at"), id__gt=OuterRef("id")
    )
    later = Verdict.objects.filter(is_later, low=OuterRef("low"), high=OuterRef("high"))
    rows: QuerySet[Verdict] = Verdict.objects.filter(
        ~Exists(later),
        decision__in=[Decision.SAME, Decision.DIFFERENT],
        weight__isnull=False,
        model_number__in=_weighing_alike(version),
        by__startswith=f"{ActorKind.USER}:",
        case__bulk__isnull=True,
    )
    return rows


def _weighing_alike(version: MatchModelVersion) -> set[int]:
    """Return the numbers of the versions with the same weights: calibrating changes scores alone."""
    rows = MatchModelVersion.objects.filter(origin=ModelOrigin.CALIBRATED)
    links = [link for link in rows.values_list("number", "report__calibrated_from") if link[1]]
    alike = {version.number}
    while further := {one for link in links if alike & {*link} for one in link} - alike:
        alike |= further
    return alike
