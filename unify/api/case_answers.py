"""What the endpoints of the review queue answer."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field

from cdp.api.paging import PageMeta
from cdp.api.wire import Outgoing
from cdp.models import Tenant
from profiles.api.serializers.parts import JsonObject, OptionalText
from unify.api.answers import CandidateAnswer, MergeAnswer, PairProfile, Score, WorkState
from unify.choices import CaseState, Decision
from unify.deciding.cases import records_of
from unify.deciding.detecting import with_customers
from unify.deciding.progress import DayProgress
from unify.deciding.winner import likely_winner
from unify.merging.choices import MergeStrategy
from unify.models import BulkDecision, Candidate, ReviewCase
from unify.operations.decide_case import CaseOutcome


class EarlierDecision(Outgoing):
    """What one person said while a second one was asked, or before two were found to disagree."""

    by: str
    label: str
    at: datetime
    decision: Decision
    winner_id: uuid.UUID | None
    loser_ids: list[uuid.UUID]
    strategy: MergeStrategy
    resolved_conflicts: JsonObject
    reason: OptionalText

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """Return the answer for a stored decision."""
        renamed = {"winner_id": "winner", "loser_ids": "losers", "resolved_conflicts": "choices"}
        return cls(**{name: stored[renamed.get(name, name)] for name in cls.model_fields})


class CaseAnswer(Outgoing):
    """Records that people decide on at once. ``versions`` are those its holder was shown."""

    id: uuid.UUID
    state: CaseState
    size: int
    best_score: Score
    least_score: Score
    has_conflict: bool
    is_risky: bool
    claimed_by: OptionalText
    claimed_until: datetime | None
    versions: dict[uuid.UUID, int]
    first_decision: EarlierDecision | None
    earlier_decisions: list[EarlierDecision]
    decision: Decision | None
    decided_by: OptionalText
    decided_at: datetime | None
    merge_group_id: uuid.UUID | None
    created_at: datetime

    @classmethod
    def of(cls, case: ReviewCase) -> Self:
        """Return the answer for a case."""
        return cls(**_facts(case))


class CaseDetail(CaseAnswer):
    """A case with its pairs and customers, and who is likely to survive."""

    candidates: list[CandidateAnswer]
    profiles: list[PairProfile]
    suggested_winner_id: uuid.UUID | None

    @classmethod
    def shown(cls, tenant: Tenant, case: ReviewCase) -> Self:
        """Return the answer for a case with all that is compared in it."""
        rows = list(with_customers(Candidate.objects.filter(case=case)).order_by("-score", "id"))
        profiles = {one.pk: one for pair in rows for one in (pair.low, pair.high)}
        open_ones = records_of(case).profiles.values()
        return cls(
            **_facts(case),
            candidates=CandidateAnswer.many(tenant, rows),
            profiles=[PairProfile.model_validate(profiles[pk]) for pk in sorted(profiles)],
            suggested_winner_id=likely_winner(open_ones) if open_ones else None,
        )


class CasePage(Outgoing):
    """A page of cases, the most alike first."""

    data: list[CaseAnswer]
    meta: PageMeta


class ProgressAnswer(Outgoing):
    """Cases decided today, by the tenant's clock, and cases that wait."""

    mine: int
    everybody: int
    left: int

    @classmethod
    def of(cls, progress: DayProgress) -> Self:
        """Return the answer for a day's progress."""
        return cls.model_validate(progress)


class ClaimAnswer(Outgoing):
    """The case to look at, null when nothing is left, and how far the day is."""

    case: CaseDetail | None
    progress: ProgressAnswer


class OutcomeAnswer(Outgoing):
    """What came of a decision.

    ``needsSecond``: it is kept until a second person agrees. ``isReopened``: two people disagreed.
    """

    case: CaseAnswer
    merges: list[MergeAnswer]
    needs_second: bool
    is_reopened: bool

    @classmethod
    def of(cls, outcome: CaseOutcome) -> Self:
        """Return the answer for an outcome."""
        return cls(
            case=CaseAnswer.of(outcome.case),
            merges=[MergeAnswer.model_validate(merge) for merge in outcome.merges],
            needs_second=outcome.needs_second,
            is_reopened=outcome.is_reopened,
        )


class BulkDecisionAnswer(Outgoing):
    """An order to accept many cases: how far it is, and why cases were left for people."""

    id: uuid.UUID
    state: WorkState
    progress: int
    least_score: Score
    total: int
    accepted: int
    left_out: int
    reasons: dict[str, int]
    error: OptionalText
    created_at: datetime
    created_by: str
    started_at: datetime | None
    finished_at: datetime | None

    @classmethod
    def of(cls, bulk: BulkDecision) -> Self:
        """Return the answer for an order."""
        return cls.model_validate(bulk)


class VerdictAnswer(Outgoing):
    """What somebody said of two records; without a decision, what was said before was taken back."""

    id: uuid.UUID
    profile1_id: uuid.UUID = Field(validation_alias="low_id")
    profile2_id: uuid.UUID = Field(validation_alias="high_id")
    decision: Annotated[Decision | None, BeforeValidator(lambda said: said or None)]
    reason: OptionalText
    by: str
    case_id: uuid.UUID | None
    created_at: datetime


class VerdictPage(Outgoing):
    """A page of verdicts, the latest first."""

    data: list[VerdictAnswer]
    meta: PageMeta


_SAME = (
    *("id", "size", "best_score", "least_score", "has_conflict", "is_risky", "claimed_by"),
    *("claimed_until", "decided_by", "decided_at", "created_at"),
)


def _facts(case: ReviewCase) -> dict[str, Any]:
    return {
        **{name: getattr(case, name) for name in _SAME},
        "state": CaseState(case.state),
        "versions": {uuid.UUID(key): version for key, version in case.seen.items()},
        "first_decision": EarlierDecision.of(case.first_decision) if case.first_decision else None,
        "earlier_decisions": [EarlierDecision.of(stored) for stored in case.earlier_decisions],
        "decision": Decision(case.decision) if case.decision else None,
        "merge_group_id": case.merge_group,
    }
