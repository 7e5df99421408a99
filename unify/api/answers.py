"""What the endpoints about pairs and merges answer."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, WithJsonSchema

from cdp.api.paging import PageMeta
from cdp.api.wire import Outgoing
from cdp.errors import DomainError
from cdp.models import Tenant
from profiles.api.serializers.parts import OptionalText
from profiles.api.serializers.profiles import ProfileDetail
from profiles.choices import ProfileStatus, ProfileType
from profiles.models import Profile
from unify.choices import CandidateOrigin, CandidateState, RunState
from unify.deciding.comparing import Differing, differing, levels_of, missing, reasons
from unify.matching import LevelReached
from unify.merging.choices import MergeOrigin, MergeStatus, MergeStrategy
from unify.models import Candidate, Merge
from unify.operations.find_alike import Alike
from unify.words import conflict_words


def _rounded(digits: int) -> Callable[[Any], Any]:
    return lambda value: round(value, digits) if isinstance(value, (int, float)) else value


Score = Annotated[float, BeforeValidator(_rounded(1)), Field(ge=0, le=100)]
Bits = Annotated[float, BeforeValidator(_rounded(2))]


# Imports have states of the same name in the document, and others.
WorkState = Annotated[str, WithJsonSchema({"type": "string", "enum": RunState.values})]


class PairProfile(Outgoing):
    """One customer of a pair; ``version`` is what a decision may name as seen."""

    id: uuid.UUID
    name: OptionalText
    email: OptionalText
    phone: OptionalText
    type: ProfileType
    status: ProfileStatus
    version: int


class ConflictField(Outgoing):
    """A field in which two customers differ; ``field`` is what ``resolvedConflicts`` calls it."""

    name: str
    value1: str
    value2: str
    field: str


class LevelAnswer(Outgoing):
    """How far one comparison agrees, and what that adds to the match weight, in bits."""

    comparison: str
    description: str
    level: str = Field(validation_alias="label")
    weight: Bits
    is_conflict: bool


class ConflictAnswer(Outgoing):
    """Evidence that two records are not one customer, whatever else agrees."""

    rule: str
    text: str


class Comparison(Outgoing):
    """What two records agree and differ in: the match reasons, the levels in full, and what is missing."""

    match_score: Score
    weight: Bits
    match_reasons: list[str]
    levels: list[LevelAnswer]
    conflicts: list[ConflictAnswer]
    missing: list[str]


class CandidateAnswer(Comparison):
    """Two customers who may be one."""

    id: str
    profile1: PairProfile
    profile2: PairProfile
    conflict_fields: list[ConflictField]
    detected_at: datetime
    state: CandidateState
    origin: CandidateOrigin
    case_id: uuid.UUID | None
    model_version: int

    @classmethod
    def many(cls, tenant: Tenant, pairs: Iterable[Candidate]) -> list[Self]:
        """Return the answers for pairs fetched with their customers, in a constant number of queries."""
        rows = list(pairs)
        found = levels_of(tenant, [(pair.low_id, pair.high_id) for pair in rows])
        return [cls._of(pair, found.get((pair.low_id, pair.high_id), ())) for pair in rows]

    @classmethod
    def _of(cls, pair: Candidate, levels: Iterable[LevelReached]) -> Self:
        return cls(
            id=pair.wire_id,
            profile1=PairProfile.model_validate(pair.low),
            profile2=PairProfile.model_validate(pair.high),
            conflict_fields=conflict_fields(differing(pair.low, pair.high)),
            detected_at=pair.detected_at,
            state=CandidateState(pair.state),
            origin=CandidateOrigin(pair.origin),
            case_id=pair.case_id,
            model_version=pair.model_number,
            **compared(pair.score, pair.weight, tuple(levels), pair.conflicts),
        )


class DetectionMeta(PageMeta):
    """Where a page stands; ``isComplete`` is false while changed customers wait for a search.

    ``runId`` is the search that waits or works: ask `GET /unify/runs/:id` until it has ended, then for the
    pairs again.
    """

    is_complete: bool
    searched_at: datetime | None
    run_id: uuid.UUID | None


class CandidatePage(Outgoing):
    """Pairs of customers who may be one, the most alike first."""

    candidates: list[CandidateAnswer]
    meta: DetectionMeta


class AlikeAnswer(Comparison):
    """A customer who may be the one described."""

    profile: PairProfile

    @classmethod
    def of(cls, found: Alike) -> Self:
        """Return the answer for a customer found."""
        profile = PairProfile.model_validate(found.profile)
        return cls(profile=profile, **compared(found.score, found.weight, found.levels, found.conflicts))


class AlikeList(Outgoing):
    """Customers who may be the one described, the most alike first."""

    data: list[AlikeAnswer]


class MergeAnswer(Outgoing):
    """One customer merged into another."""

    id: uuid.UUID
    group_id: uuid.UUID
    winner_id: uuid.UUID
    loser_id: uuid.UUID
    status: MergeStatus
    origin: MergeOrigin
    strategy: MergeStrategy
    score: Score | None
    reason: OptionalText
    candidate_ids: list[str]
    merged_at: datetime
    merged_by: str
    undone_at: datetime | None
    undone_by: OptionalText


class MergePage(Outgoing):
    """A page of merges, the latest first."""

    data: list[MergeAnswer]
    meta: PageMeta


class MergedProfile(ProfileDetail):
    """The customer who survives, and the merges that led there."""

    merges: list[MergeAnswer]

    @classmethod
    def after(cls, profile: Profile, merges: Iterable[Merge]) -> MergedProfile:
        """Return the answer for a customer fetched with its parts."""
        answers = [MergeAnswer.model_validate(merge) for merge in merges]
        return cls.model_construct(**vars(ProfileDetail.of(profile)), merges=answers)


class OpenedAnswer(Outgoing):
    """The pair that waits for people now; null when there is nothing to ask."""

    candidate: CandidateAnswer | None


class ObstacleAnswer(Outgoing):
    """Why customers who look surely the same were left to people; ``code`` is as of a problem."""

    code: str
    detail: str

    @classmethod
    def of(cls, error: DomainError) -> Self:
        """Return the answer for what stood in the way."""
        return cls(code=error.slug, detail=error.detail)


class UnifiedAnswer(Outgoing):
    """What unifying one customer came to: who it is now, what was merged, and which pairs wait for people."""

    profile_id: uuid.UUID
    merges: list[MergeAnswer]
    obstacle: ObstacleAnswer | None
    candidates: list[CandidateAnswer]


def compared(
    score: float, weight: float, levels: Iterable[LevelReached], conflicts: Iterable[str]
) -> Mapping[str, Any]:
    """Return the fields of a Comparison."""
    reached = tuple(levels)
    return {
        "match_score": score,
        "weight": weight,
        "match_reasons": reasons(reached),
        "levels": [LevelAnswer.model_validate(level) for level in reached if not level.is_null],
        "conflicts": [ConflictAnswer(rule=rule, text=str(conflict_words(rule))) for rule in conflicts],
        "missing": missing(reached),
    }


def conflict_fields(found: Iterable[Differing]) -> list[ConflictField]:
    """Return differing fields as they are answered."""
    return [ConflictField.model_validate(one) for one in found]
