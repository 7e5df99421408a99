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
from unify.finding.family import family_pairs
from unify.finding.lookup import sharers, stored
from unify.finding.policy import FAMILY, FAMILY_SCORE
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

    Five queries, whatever is found. Who is known to be family of the stored customer is that, and no more
    alike than family may be. Raises ProfileNotFound for an id nobody active has.
    """
    person, excluded = _asked_about(tenant, record, profile_id), {*exclude}
    if profile_id is not None:
        excluded.add(profile_id)
    _, model = current_model(tenant)
    evaluator, left = evaluator_of(model), person.columns()
    others = stored(sharers(person, model, exclude=excluded))
    family = _family_of(profile_id, others)
    scored = [
        _Scored(found, evaluator.evaluate_columns(left, other.columns()), found in family)
        for found, other in others.items()
    ]
    best = sorted(
        (one for one in scored if one.score >= least_score),
        key=lambda one: (-one.score, -one.pair.weight, one.id),
    )[:limit]
    profiles = Profile.objects.active().defer("search_text").in_bulk([one.id for one in best])
    return [_alike(profiles[one.id], one) for one in best if one.id in profiles]


@dataclass(frozen=True, slots=True)
class _Scored:
    """Somebody who shares keys, compared."""

    id: uuid.UUID
    pair: PairScore
    is_family: bool

    @property
    def score(self) -> float:
        return min(self.pair.score, FAMILY_SCORE) if self.is_family else self.pair.score


def _family_of(profile_id: uuid.UUID | None, others: Collection[uuid.UUID]) -> set[uuid.UUID]:
    if profile_id is None:
        return set()
    pairs = family_pairs([profile_id, *others])
    return {one for pair in pairs if profile_id in pair for one in pair} - {profile_id}


def _asked_about(tenant: Tenant, record: ProfileRecord | None, profile_id: uuid.UUID | None) -> PersonRecord:
    if record is not None:
        return Maker(tenant).person("", said_by(record))
    for found, _, said in read([profile_id] if profile_id else []):
        return Maker(tenant).person(str(found), said)
    raise ProfileNotFound


def _alike(profile: Profile, scored: _Scored) -> Alike:
    pair = scored.pair
    told = tuple(conflict.rule for conflict in pair.conflicts)
    return Alike(
        profile=profile,
        score=scored.score,
        weight=pair.weight,
        levels=pair.levels,
        conflicts=(*told, FAMILY) if scored.is_family else told,
        missing=tuple(level.comparison for level in pair.levels if level.is_null),
    )
