"""The cases of the review queue and what belongs to them."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from profiles.choices import ProfileStatus
from profiles.models import Profile
from unify.choices import CandidateState, CaseState
from unify.deciding.errors import CaseClosed, CaseNotFound
from unify.models import Candidate, ReviewCase

WAITING = (CaseState.OPEN, CaseState.SECOND)
_OPEN = (ProfileStatus.ACTIVE, ProfileStatus.INACTIVE)
Pair = tuple[uuid.UUID, uuid.UUID]


@dataclass(frozen=True, slots=True)
class CaseRecords:
    """The pairs of a case that are still to be decided, and the customers in them."""

    candidates: tuple[Candidate, ...]
    profiles: dict[uuid.UUID, Profile]

    @property
    def ids(self) -> list[uuid.UUID]:
        """Return the customers' ids, in order."""
        return sorted(self.profiles)

    @property
    def versions(self) -> dict[str, int]:
        """Return the version of each customer, as a case keeps them."""
        return {str(pk): self.profiles[pk].version for pk in self.ids}


def get_case(case_id: uuid.UUID) -> ReviewCase:
    """Return the case; raises CaseNotFound."""
    try:
        return ReviewCase.objects.get(pk=case_id)
    except ReviewCase.DoesNotExist as error:
        raise CaseNotFound from error


def locked_case(case_id: uuid.UUID, states: Collection[str] = WAITING) -> ReviewCase:
    """Return the case, locked until the transaction ends; raises CaseNotFound, CaseClosed."""
    try:
        case = ReviewCase.objects.select_for_update().get(pk=case_id)
    except ReviewCase.DoesNotExist as error:
        raise CaseNotFound from error
    if case.state not in states:
        raise CaseClosed(str(case.get_state_display()))
    return case


def records_of(case: ReviewCase) -> CaseRecords:
    """Return what is to be decided: pairs whose records are both still there."""
    pending = list(Candidate.objects.filter(case=case, state=CandidateState.PENDING).order_by("-score", "id"))
    profiles = _open_profiles(ids_in(pending))
    alive = [pair for pair in pending if pair.low_id in profiles and pair.high_id in profiles]
    named = ids_in(alive)
    return CaseRecords(tuple(alive), {pk: row for pk, row in profiles.items() if pk in named})


def refresh(case: ReviewCase) -> CaseRecords:
    """Withdraw pairs one of whose records is gone, and the case when no pair is left."""
    records = records_of(case)
    gone = Candidate.objects.filter(case=case, state=CandidateState.PENDING)
    gone.exclude(pk__in=[pair.pk for pair in records.candidates]).update(state=CandidateState.WITHDRAWN)
    if not records.candidates:
        case.state = CaseState.WITHDRAWN
        case.claimed_by, case.claimed_until = "", None
    else:
        measure(case, records)
    case.save(
        update_fields=[
            *("state", "claimed_by", "claimed_until", "size", "best_score", "least_score"),
            *("has_conflict", "updated_at"),
        ]
    )
    return records


def measure(case: ReviewCase, records: CaseRecords) -> None:
    """Let the case say what its remaining pairs say."""
    scores = [pair.score for pair in records.candidates]
    case.size = len(records.profiles)
    case.best_score, case.least_score = max(scores), min(scores)
    case.has_conflict = any(pair.conflicts for pair in records.candidates)


def ids_in(candidates: Iterable[Candidate]) -> set[uuid.UUID]:
    """Return the customers in some pairs."""
    return {pk for pair in candidates for pk in (pair.low_id, pair.high_id)}


def ordered(one: uuid.UUID, other: uuid.UUID) -> Pair:
    """Return two ids as a pair keeps them."""
    return (one, other) if one < other else (other, one)


def touching(profile_ids: Iterable[uuid.UUID]) -> Q:
    """Return the condition that a pair has one of these customers."""
    ids = list(profile_ids)
    return Q(low__in=ids) | Q(high__in=ids)


def _open_profiles(ids: set[uuid.UUID]) -> dict[uuid.UUID, Profile]:
    rows = Profile.objects.defer("search_text").filter(pk__in=ids, status__in=_OPEN)
    return {row.pk: row for row in rows}
