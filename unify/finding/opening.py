"""Putting one pair before people."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from cdp.models import Tenant
from unify.choices import CandidateOrigin, CandidateState, CaseState
from unify.finding.current import current_model, settings_of
from unify.finding.errors import NotAPair
from unify.finding.family import family_pairs, ordered
from unify.finding.policy import FAMILY, FAMILY_SCORE
from unify.finding.settling import settle
from unify.finding.verdicts import held_apart
from unify.matching import MatchModel, PairScore, PersonRecord
from unify.matching.evaluator import evaluator_of
from unify.models import Candidate, MatchRecord, ReviewCase
from unify.records.refresh import refresh

WAITING = (CaseState.OPEN, CaseState.SECOND)


@dataclass(frozen=True, slots=True)
class _Found:
    """A pair as it is compared now."""

    score: float
    weight: float
    levels: dict[str, int]
    conflicts: list[str]
    fingerprints: tuple[int, int]
    model_number: int


@transaction.atomic
def open_candidate(
    *, tenant: Tenant, low_id: uuid.UUID, high_id: uuid.UUID, origin: CandidateOrigin
) -> Candidate | None:
    """Put two customers, in either order, before people, in a case of their own, and return the pair.

    None when there is nothing to ask: one of them is not active, somebody has said that they are not the
    same and neither has changed since, or (from a job) they are not alike enough. A pair that waits already
    is returned as it is. Raises NotAPair.
    """
    if low_id == high_id:
        raise NotAPair
    low_id, high_id = ordered(low_id, high_id)
    found = _compare(tenant, low_id, high_id)
    if found is None or held_apart([low_id, high_id]):
        return None
    settings = settings_of(tenant)
    if origin == CandidateOrigin.JOB and found.score < settings.review_score:
        return None
    candidate = Candidate.objects.select_for_update().filter(low_id=low_id, high_id=high_id).first()
    if candidate is not None and _is_waiting(candidate):
        return candidate
    return _put(low_id, high_id, found, origin)


def _compare(tenant: Tenant, low_id: uuid.UUID, high_id: uuid.UUID) -> _Found | None:
    refresh(tenant, [low_id, high_id])
    rows = MatchRecord.objects.filter(profile_id__in=[low_id, high_id]).order_by("profile_id")
    known = list(rows.values_list("profile_id", "prepared", "fingerprint"))
    if len(known) != 2:  # noqa: PLR2004 (a pair)
        return None
    low, high = (PersonRecord.from_json(str(pk), prepared) for pk, prepared, _ in known)
    version, model = current_model(tenant)
    pair = evaluator_of(model).evaluate(low, high)
    conflicts = [conflict.rule for conflict in pair.conflicts]
    score = pair.score
    if family_pairs([low_id, high_id]):
        score, conflicts = min(score, FAMILY_SCORE), [*conflicts, FAMILY]
    levels = level_numbers(model, pair)
    prints = (known[0][2], known[1][2])
    return _Found(score, pair.weight, levels, conflicts, prints, version.number)


def level_numbers(model: MatchModel, pair: PairScore) -> dict[str, int]:
    """Return the number of the level each comparison reached, as a batch counts them."""
    reached = {level.comparison: level for level in pair.levels}
    numbers = {}
    for comparison in model.comparisons:
        level = reached[comparison.output_column_name]
        labels = [one.label_for_charts for one in comparison.comparison_levels if not one.is_null_level]
        numbers[level.comparison] = -1 if level.is_null else len(labels) - 1 - labels.index(level.label)
    return numbers


def _is_waiting(candidate: Candidate) -> bool:
    if candidate.state != CandidateState.PENDING or candidate.case_id is None:
        return False
    return ReviewCase.objects.filter(pk=candidate.case_id, state__in=WAITING).exists()


def _put(low_id: uuid.UUID, high_id: uuid.UUID, found: _Found, origin: CandidateOrigin) -> Candidate:
    case = ReviewCase.objects.create(
        best_score=found.score, least_score=found.score, has_conflict=bool(found.conflicts)
    )
    candidate, _ = Candidate.objects.update_or_create(
        low_id=low_id,
        high_id=high_id,
        defaults={
            "case": case,
            "state": CandidateState.PENDING,
            "origin": origin,
            "score": found.score,
            "weight": found.weight,
            "levels": found.levels,
            "conflicts": found.conflicts,
            "model_number": found.model_number,
            "low_fingerprint": found.fingerprints[0],
            "high_fingerprint": found.fingerprints[1],
            "detected_at": timezone.now(),
        },
    )
    settle([case.pk])
    return candidate
