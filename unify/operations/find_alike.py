"""Who may this be? The customers most like a record, while somebody waits."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from cdp.models import Tenant
from profiles.errors import ProfileNotFound
from profiles.models import Profile
from profiles.records import ProfileRecord
from unify.finding.current import current_model
from unify.finding.lookup import sharers, stored
from unify.matching import LevelReached, PairScore, PersonRecord
from unify.matching.evaluator import evaluator_of
from unify.records.making import Maker, said_by
from unify.records.reading import read

# Below this nobody is helped by a hint.
HINT_SCORE = 40.0


@dataclass(frozen=True, slots=True)
class Alike:
    """A customer that may be the one asked about: how sure, and why."""

    profile: Profile
    score: float  # 0 to 100
    weight: float  # bits
    levels: tuple[LevelReached, ...]
    conflicts: tuple[str, ...]  # rules of unify.matching.conflicts that hold
    missing: tuple[str, ...]  # comparisons with nothing to compare


def find_alike(
    *,
    tenant: Tenant,
    record: ProfileRecord | None = None,
    profile_id: uuid.UUID | None = None,
    limit: int = 5,
    exclude: Collection[uuid.UUID] = (),
    least_score: float = HINT_SCORE,
) -> list[Alike]:
    """Return the customers most like the record or the stored customer, best first.

    Five queries, whatever is found. Raises ProfileNotFound for an id nobody active has.
    """
    person, excluded = _asked_about(tenant, record, profile_id), {*exclude}
    if profile_id is not None:
        excluded.add(profile_id)
    _, model = current_model(tenant)
    evaluator, left = evaluator_of(model), person.columns()
    scored = [
        (found, evaluator.evaluate_columns(left, other.columns()))
        for found, other in stored(sharers(person, model, exclude=excluded)).items()
    ]
    best = sorted(
        ((found, pair) for found, pair in scored if pair.score >= least_score),
        key=lambda one: (-one[1].score, -one[1].weight, one[0]),
    )[:limit]
    profiles = Profile.objects.active().defer("search_text").in_bulk([found for found, _ in best])
    return [_alike(profiles[found], pair) for found, pair in best if found in profiles]


def _asked_about(tenant: Tenant, record: ProfileRecord | None, profile_id: uuid.UUID | None) -> PersonRecord:
    if record is not None:
        return Maker(tenant).person("", said_by(record))
    for found, _, said in read([profile_id] if profile_id else []):
        return Maker(tenant).person(str(found), said)
    raise ProfileNotFound


def _alike(profile: Profile, pair: PairScore) -> Alike:
    return Alike(
        profile=profile,
        score=pair.score,
        weight=pair.weight,
        levels=pair.levels,
        conflicts=tuple(conflict.rule for conflict in pair.conflicts),
        missing=tuple(level.comparison for level in pair.levels if level.is_null),
    )
