"""What the endpoints of searches, settings and models answer."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, Self

from cdp.api.paging import PageMeta
from cdp.api.wire import Outgoing
from profiles.api.serializers.parts import JsonObject, OptionalText
from unify.api.answers import Bits, ConflictAnswer, LevelAnswer, Score, WorkState, compared
from unify.choices import ModelOrigin, ModelState, RunKind
from unify.matching import MatchModel
from unify.merging.choices import SurvivorshipRule
from unify.merging.values import wire_name
from unify.models import MatchModelVersion, MatchRun, MatchSettings
from unify.operations.diff_models import LevelChange, ModelDifference
from unify.operations.explain import Explanation


class MatchRunAnswer(Outgoing):
    """A search for duplicates, a training or a trial: how far it is, and what it found."""

    id: uuid.UUID
    kind: RunKind
    state: WorkState
    progress: int
    step: OptionalText
    done: int
    total: int
    counts: JsonObject
    model_version_id: uuid.UUID | None
    error: OptionalText
    peak_mib: int | None
    created_at: datetime
    created_by: OptionalText
    started_at: datetime | None
    finished_at: datetime | None

    @classmethod
    def of(cls, run: MatchRun) -> Self:
        """Return the answer for a run."""
        return cls.model_validate(run)


class MatchRunPage(Outgoing):
    """A page of searches, the latest first."""

    data: list[MatchRunAnswer]
    meta: PageMeta


class SettingsAnswer(Outgoing):
    """How sure the tenant wants to be before records are merged, and whose word counts when they differ."""

    review_score: int
    merge_score: int
    merges_by_itself: bool
    largest_cluster: int
    bulk_score: int
    needs_second_person: bool
    risky_events: int
    digest_from: int
    source_ranks: list[str]
    survivorship: dict[str, SurvivorshipRule]
    updated_at: datetime
    updated_by: OptionalText

    @classmethod
    def of(cls, settings: MatchSettings) -> Self:
        """Return the answer for the settings."""
        same = {name: getattr(settings, name) for name in cls.model_fields if name != "survivorship"}
        rules = {wire_name(path): SurvivorshipRule(rule) for path, rule in settings.survivorship.items()}
        return cls(**same, survivorship=rules)


class ModelAnswer(Outgoing):
    """A version of the matching model."""

    id: uuid.UUID
    number: int
    state: ModelState
    origin: ModelOrigin
    records: int
    note: OptionalText
    published_at: datetime | None
    published_by: OptionalText
    created_at: datetime
    created_by: OptionalText


class ModelDetail(ModelAnswer):
    """A version with its model file (less the counts of values), its making, and levels still to learn."""

    model: JsonObject
    report: JsonObject
    untrained: list[str]

    @classmethod
    def of(cls, version: MatchModelVersion, model: MatchModel, untrained: list[str]) -> Self:
        """Return the answer for a version."""
        same = vars(ModelAnswer.model_validate(version))
        file = model.model_dump(mode="json", exclude={"term_frequencies"})
        return cls(**same, model=file, report=version.report, untrained=untrained)


class ModelPage(Outgoing):
    """A page of versions, the latest first."""

    data: list[ModelAnswer]
    meta: PageMeta


class LevelChangeAnswer(Outgoing):
    """One level whose weight differs, in bits; null where a version has no such level."""

    comparison: str
    description: str
    level: str
    before: Bits | None
    after: Bits | None

    @classmethod
    def of(cls, change: LevelChange) -> Self:
        """Return the answer for a level."""
        return cls.model_validate(change)


class ModelDifferenceAnswer(Outgoing):
    """What changed from one version to another."""

    before: int
    after: int
    prior_before: Bits
    prior_after: Bits
    is_calibration_changed: bool
    levels: list[LevelChangeAnswer]

    @classmethod
    def of(cls, difference: ModelDifference) -> Self:
        """Return the answer for a difference."""
        return cls.model_validate(difference)


class WhyNotAnswer(Outgoing):
    """A reason why a pair is not merged, or not even looked at."""

    code: str
    text: str


class ExplanationAnswer(Outgoing):
    """A pair's score taken apart: the prior and the weights of the levels add up to the weight."""

    id: str
    match_score: Score
    weight: Bits
    probability: float
    prior: Bits
    match_reasons: list[str]
    levels: list[LevelAnswer]
    conflicts: list[ConflictAnswer]
    missing: list[str]
    why_not: list[WhyNotAnswer]
    model_version: int

    @classmethod
    def of(cls, found: Explanation) -> Self:
        """Return the answer for an explanation."""
        facts: dict[str, Any] = dict(compared(found.score, found.weight, found.levels, found.conflicts))
        return cls(
            id=f"pair_{found.low_id}_{found.high_id}",
            probability=found.probability,
            prior=found.prior,
            why_not=[WhyNotAnswer.model_validate(one) for one in found.why_not],
            model_version=found.model_number,
            **facts,
        )
