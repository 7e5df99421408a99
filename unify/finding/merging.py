"""Merging what is sure, a cluster at a time, each looked at once more under lock."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
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


class Judge:
    """Says which pairs may be merged without asking: by the stored scores, or compared now."""

    def __init__(self, model: MatchModel, settings: MatchSettings, *, apart: set[Pair]) -> None:
        self._evaluator = evaluator_of(model)
        self._settings = settings
        self._apart = apart

    def clusters(self, candidates: Sequence[Waiting], scores: Mapping[Pair, float]) -> Iterator[list[str]]:
        """Return the sure clusters that sure pairs hang together; ``scores``: 0 for pairs with a conflict."""
        edges = [(str(pair.low), str(pair.high), pair.weight) for pair in candidates]
        records = (
            {}
            if len(candidates) == 1
            else stored({one for pair in candidates for one in (pair.low, pair.high)})
        )

        def score_of(one: str, other: str) -> float:
            pair = ordered(uuid.UUID(one), uuid.UUID(other))
            if pair in scores or pair[0] not in records or pair[1] not in records:
                return scores.get(pair, 0.0)
            return self.score(pair, records[pair[0]].columns(), records[pair[1]].columns())

        yield from mergeable_clusters(
            edges,
            score_of,
            least_score=self._settings.review_score,
            largest=self._settings.largest_cluster,
        )

    def score(self, pair: Pair, low: Mapping[str, object], high: Mapping[str, object]) -> float:
        """Return a pair's score, or 0 when anything speaks against merging it unasked."""
        if pair in self._apart:
            return 0.0
        found = self._evaluator.evaluate_columns(low, high)
        return 0.0 if found.conflicts else found.score


def plan(
    model: MatchModel, settings: MatchSettings, *, among: Collection[uuid.UUID] | None = None
) -> Iterator[Cluster]:
    """Return the clusters that the waiting candidates say are sure; nothing is locked or written.

    Only sure pairs are read, with ``among`` those that hang together with one of these customers, and the
    others between customers of one component of three or more.
    """
    peoples = left_to_people()
    judge = Judge(model, settings, apart=held_apart() | peoples)
    found = list(components(_sure_pairs(settings, peoples, among)))
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
    if _takes_two(locked, settings):
        raise NeedsSecondPerson(None)
    least = _least_score(tenant, model, settings, [profile.pk for profile in locked])
    if least is None:
        raise NotSureAnyMore
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


def _takes_two(profiles: Sequence[Profile], settings: MatchSettings) -> bool:
    """Tell whether the tenant wants two people for merging these."""
    return settings.needs_second_person and is_risky(profiles, has_conflict=False, settings=settings)


def _least_score(
    tenant: Tenant, model: MatchModel, settings: MatchSettings, ids: Sequence[uuid.UUID]
) -> float | None:
    """Return the least score within the cluster as it is now; None when it is not sure any more."""
    maker = Maker(tenant)
    columns = {found: maker.person(str(found), said).columns() for found, _, said in read(ids)}
    judge = Judge(model, settings, apart=held_apart(ids) | family_pairs(ids) | left_to_people(ids))
    scores = {
        (one, other): judge.score((one, other), columns[one], columns[other])
        for one, other in combinations(sorted(columns), 2)
    }
    if min(scores.values()) < settings.review_score:
        return None
    sure = [pair for pair, score in scores.items() if score >= settings.merge_score]
    return min(scores.values()) if _hang_together(ids, sure) else None


def _hang_together(ids: Sequence[uuid.UUID], pairs: Sequence[Pair]) -> bool:
    """Tell whether the pairs link all of the ids."""
    neighbours: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for one, other in pairs:
        neighbours[one].add(other)
        neighbours[other].add(one)
    reached, ahead = set(), [ids[0]]
    while ahead:
        one = ahead.pop()
        if one not in reached:
            reached.add(one)
            ahead.extend(neighbours[one])
    return reached == set(ids)
