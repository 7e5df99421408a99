"""Merging what is sure, a cluster at a time, each looked at once more under lock."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from django.db.models import Q, QuerySet

from cdp.actors import Actor
from cdp.models import Tenant
from profiles.choices import ProfileStatus
from profiles.models import Profile
from unify.choices import CandidateState
from unify.deciding.errors import NeedsSecondPerson
from unify.deciding.people_first import left_to_people
from unify.deciding.risk import is_risky
from unify.deciding.rules import rules_of
from unify.deciding.winner import likely_winner
from unify.finding.cases import Waiting, components
from unify.finding.errors import NotSureAnyMore
from unify.finding.family import Pair, family_pairs, ordered, people_of
from unify.finding.kindred import NOBODY, Kindred, kindred_of
from unify.finding.lookup import stored
from unify.finding.verdicts import held_apart
from unify.matching import MatchModel, mergeable_clusters
from unify.matching.evaluator import evaluator_of
from unify.merging.choices import MergeOrigin
from unify.merging.locking import lock_customers, until_still
from unify.models import Candidate, MatchSettings, Merge
from unify.operations.merge import merge
from unify.records.making import Maker
from unify.records.reading import read

BY = Actor.system("unify")
Cluster = tuple[uuid.UUID, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """How alike two customers are by what they say now, and the least between all their records."""

    now: float
    least: float


class Judge:
    """Says which pairs may be merged without asking: by the stored scores, or compared now.

    Whoever was merged into one of a pair before is compared as well, and counts towards the largest cluster.
    """

    def __init__(
        self, model: MatchModel, settings: MatchSettings, *, apart: set[Pair], kindred: Kindred = NOBODY
    ) -> None:
        self._evaluator = evaluator_of(model)
        self._settings = settings
        self._apart = apart
        self._kindred = kindred

    def clusters(self, candidates: Sequence[Waiting], scores: Mapping[Pair, float]) -> Iterator[list[str]]:
        """Return the sure clusters that sure pairs hang together; ``scores``: 0 for pairs with a conflict."""
        edges = [(str(pair.low), str(pair.high), pair.weight) for pair in candidates]
        people = people_of((pair.low, pair.high) for pair in candidates)
        is_known = len(candidates) == 1 and not any(map(self._kindred.earlier, people))
        records = {} if is_known else stored(people)

        def score_of(one: str, other: str) -> float:
            pair = ordered(uuid.UUID(one), uuid.UUID(other))
            known = scores.get(pair)
            if known is not None and not any(map(self._kindred.earlier, pair)):
                return known
            if pair[0] not in records or pair[1] not in records:
                return 0.0
            found = self.compare(pair, records[pair[0]].columns(), records[pair[1]].columns()).least
            return found if known is None else min(known, found)

        yield from mergeable_clusters(
            edges,
            score_of,
            least_score=self._settings.review_score,
            largest=self._settings.largest_cluster,
            size_of=lambda one: self._kindred.size(uuid.UUID(one)),
        )

    def compare(self, pair: Pair, low: Mapping[str, object], high: Mapping[str, object]) -> Scores:
        """Compare all records of one with all of the other's; 0 where anything speaks against merging."""
        if pair in self._apart:
            return Scores(0.0, 0.0)
        lows, highs = ([now, *self._kindred.earlier(one)] for one, now in zip(pair, (low, high), strict=True))
        found = [self._score(one, other) for one, other in product(lows, highs)]
        return Scores(found[0], min(found))

    def _score(self, low: Mapping[str, object], high: Mapping[str, object]) -> float:
        found = self._evaluator.evaluate_columns(low, high)
        return 0.0 if found.conflicts else found.score


def plan(
    tenant: Tenant,
    model: MatchModel,
    settings: MatchSettings,
    *,
    among: Collection[uuid.UUID] | None = None,
) -> Iterator[Cluster]:
    """Return the clusters that the waiting candidates say are sure; nothing is locked or written.

    Only sure pairs are read, with ``among`` those that hang together with one of these customers, and the
    others between customers of one component of three or more.
    """
    peoples = left_to_people()
    found = list(components(_sure_pairs(settings, peoples, among)))
    everybody = people_of((pair.low, pair.high) for component in found for pair in component)
    kindred = kindred_of(Maker(tenant), everybody)
    judge = Judge(model, settings, apart=held_apart() | peoples, kindred=kindred)
    several = people_of(
        (pair.low, pair.high) for component in found if len(component) > 1 for pair in component
    )
    scores = _scores_between(several, peoples)
    for component in found:
        scores |= {(pair.low, pair.high): float(settings.merge_score) for pair in component}
        for members in judge.clusters(component, scores):
            if len(members) > 1:
                yield tuple(sorted(uuid.UUID(one) for one in members))


def _sure_pairs(
    settings: MatchSettings, peoples: set[Pair], among: Collection[uuid.UUID] | None
) -> Iterator[Waiting]:
    sure = Candidate.objects.filter(
        state=CandidateState.PENDING, score__gte=settings.merge_score, conflicts=[]
    )
    pairs = sure.order_by("pk").values_list("pk", "low_id", "high_id", "weight", "case_id")
    rows = pairs if among is None else _connected(pairs, among)
    found = (Waiting(*row) for row in rows)
    return (pair for pair in found if (pair.low, pair.high) not in peoples)


def _connected(pairs: QuerySet[Any, Any], among: Collection[uuid.UUID]) -> list[tuple[Any, ...]]:
    """Return the pairs that hang together with these customers: a query per step away from them."""
    found: dict[uuid.UUID, tuple[Any, ...]] = {}
    seen, ahead = set(among), list(among)
    while ahead:
        rows = list(pairs.filter(Q(low__in=ahead) | Q(high__in=ahead)))
        found |= {row[0]: row for row in rows}
        ahead = [one for one in people_of((low, high) for _, low, high, *_ in rows) if one not in seen]
        seen.update(ahead)
    return list(found.values())


def _scores_between(people: Sequence[uuid.UUID], peoples: set[Pair]) -> dict[Pair, float]:
    rows = Candidate.objects.filter(state=CandidateState.PENDING, low__in=people, high__in=people)
    return {
        (low, high): 0.0 if conflicts or (low, high) in peoples else score
        for low, high, score, conflicts in rows.values_list("low_id", "high_id", "score", "conflicts")
    }


def merge_sure(
    tenant: Tenant,
    model: MatchModel,
    settings: MatchSettings,
    members: Sequence[uuid.UUID],
    *,
    by: Actor = BY,
) -> list[Merge]:
    """Merge a cluster if it is as sure as it was planned.

    The customers are locked first and compared as they are then: a plan may be an hour old. Raises
    NotSureAnyMore, NeedsSecondPerson, and what ``merge`` raises: then people decide.
    """
    return until_still(lambda: _merge_if_sure(tenant, model, settings, members, by))


def _merge_if_sure(
    tenant: Tenant, model: MatchModel, settings: MatchSettings, members: Sequence[uuid.UUID], by: Actor
) -> list[Merge]:
    if Profile.objects.active().filter(pk__in=members).count() != len(set(members)):
        raise NotSureAnyMore
    # What identifies them first, then their rows: the order of every verb that writes customers.
    found = lock_customers(tenant, members)
    locked = [found[pk] for pk in sorted(found) if found[pk].status == ProfileStatus.ACTIVE]
    if len(locked) != len(members):
        raise NotSureAnyMore
    least = refuse_unless_sure(tenant, model, settings, locked)
    winner = likely_winner(locked)
    pairs = [ordered(*pair) for pair in combinations([profile.pk for profile in locked], 2)]
    return merge(
        tenant=tenant,
        by=by,
        winner_id=winner,
        loser_ids=[profile.pk for profile in locked if profile.pk != winner],
        rules=rules_of(settings),
        origin=MergeOrigin.AUTO,
        score=least,
        candidate_ids=[f"pair_{low}_{high}" for low, high in pairs],
    )


def refuse_unless_sure(
    tenant: Tenant, model: MatchModel, settings: MatchSettings, profiles: Sequence[Profile]
) -> float:
    """Return the least score within a cluster as it is now; raises NotSureAnyMore, NeedsSecondPerson."""
    if settings.needs_second_person and is_risky(profiles, has_conflict=False, settings=settings):
        raise NeedsSecondPerson(None)
    ids = [profile.pk for profile in profiles]
    apart = held_apart(ids) | family_pairs(ids) | left_to_people(ids)
    scores = scores_within(tenant, model, settings, ids, apart=apart)
    least = min((one.least for one in scores.values()), default=0.0)
    sure = [pair for pair, one in scores.items() if one.now >= settings.merge_score]
    if not scores or least < settings.review_score or not _hang_together(ids, sure):
        raise NotSureAnyMore
    return least


def scores_within(
    tenant: Tenant,
    model: MatchModel,
    settings: MatchSettings,
    ids: Sequence[uuid.UUID],
    *,
    apart: set[Pair],
) -> dict[Pair, Scores]:
    """Compare active customers, and whoever was merged into them, each with each, as they are now.

    0 for a pair in ``apart`` or with a conflict; nothing at all when they are more records than the tenant
    has merged without looking at them. A constant number of queries.
    """
    maker = Maker(tenant)
    kindred = kindred_of(maker, ids)
    if sum(map(kindred.size, ids)) > settings.largest_cluster:
        return {}
    columns = {found: maker.person(str(found), said).columns() for found, _, said in read(ids)}
    judge = Judge(model, settings, apart=apart, kindred=kindred)
    return {
        (one, other): judge.compare((one, other), columns[one], columns[other])
        for one, other in combinations(sorted(columns), 2)
    }


def _hang_together(ids: Sequence[uuid.UUID], pairs: Sequence[Pair]) -> bool:
    """Tell whether the pairs link all of the ids."""
    reached = {ids[0]}
    while more := {one for pair in pairs if reached & set(pair) for one in pair} - reached:
        reached |= more
    return reached == set(ids)
