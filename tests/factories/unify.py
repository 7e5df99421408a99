"""Factories of pairs that look alike and the cases they are decided in."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from cdp.models import Tenant
from profiles.models import Profile
from tests.factories.profiles import ProfileFactory
from unify.models import Candidate, MatchRecord, ReviewCase
from unify.records.refresh import refresh


def twins(number: int = 2, **values: Any) -> list[Profile]:
    """Make customers who look like one, in the order of their ids."""
    rows = [ProfileFactory(first_name="Somchai", last_name="Jaidee", **values) for _ in range(number)]
    return sorted(rows, key=lambda row: row.pk)


def make_case(
    profiles: Sequence[Profile] | None = None,
    *,
    score: float = 80.0,
    pairs: Sequence[tuple[int, int]] | None = None,
    conflicts: Sequence[str] = (),
    **values: Any,
) -> ReviewCase:
    """Make a case about customers; by default each is paired with the next."""
    rows = list(profiles or twins())
    links = pairs or [(index, index + 1) for index in range(len(rows) - 1)]
    case = ReviewCase.objects.create(
        size=len(rows), best_score=score, least_score=score, has_conflict=bool(conflicts), **values
    )
    for one, other in links:
        make_candidate(rows[one].pk, rows[other].pk, case=case, score=score, conflicts=conflicts)
    return case


def make_candidate(one: uuid.UUID, other: uuid.UUID, **values: Any) -> Candidate:
    """Make a pair; its fingerprints are made up."""
    low, high = sorted((one, other))
    usual: dict[str, Any] = {
        "score": 80.0,
        "weight": 9.3,
        "levels": {"first_name": 3, "email": -1},
        "model_number": 1,
        "low_fingerprint": 1,
        "high_fingerprint": 2,
    }
    given = {**usual, **values, "conflicts": list(values.get("conflicts", ()))}
    return Candidate.objects.create(low_id=low, high_id=high, **given)


def as_scored(tenant: Tenant, *cases: ReviewCase) -> None:
    """Let the records of each case share what makes them alike, and the pairs know them as a run has it."""
    pairs = list(Candidate.objects.filter(case__in=cases))
    for case in cases:
        people = {pk for pair in pairs if pair.case_id == case.pk for pk in (pair.low_id, pair.high_id)}
        first = Profile.objects.get(pk=min(people))
        Profile.objects.filter(pk__in=people).update(email=first.email, phone=first.phone)
    refresh(tenant, [pk for pair in pairs for pk in (pair.low_id, pair.high_id)])
    prints = dict(MatchRecord.objects.values_list("profile_id", "fingerprint"))
    for pair in pairs:
        pair.low_fingerprint, pair.high_fingerprint = prints[pair.low_id], prints[pair.high_id]
        pair.save()
