"""What was said of pairs, kept for as long as the records stay as they were."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from django.db.models import F

from cdp.actors import Actor
from cdp.models import Tenant
from unify.choices import Decision
from unify.deciding.cases import Pair, ids_in, ordered
from unify.models import Candidate, MatchRecord, ReviewCase, Verdict
from unify.records.refresh import refresh

# Of larger clusters only the pairs that look alike are spoken about.
MOST_SPOKEN_OF = 20


@dataclass(frozen=True, slots=True)
class Opinion:
    """What is said of two customers; ``pair`` is what matching said, if it has looked at them."""

    ids: Pair
    decision: str  # empty: what was said before no longer counts
    pair: Candidate | None = None

    @classmethod
    def of(cls, pair: Candidate, decision: str) -> Opinion:
        """Return what is said of a pair matching has found."""
        return cls((pair.low_id, pair.high_id), decision, pair)


def record_verdicts(
    tenant: Tenant, opinions: Iterable[Opinion], *, by: Actor, case: ReviewCase | None, reason: str = ""
) -> None:
    """Write a verdict per pair, about the customers as they are at this moment."""
    said = list(opinions)
    prints = fingerprints(tenant, {pk for opinion in said for pk in opinion.ids})
    Verdict.objects.bulk_create([_verdict(opinion, prints, by, case, reason) for opinion in said])


def _verdict(
    opinion: Opinion, prints: Mapping[uuid.UUID, int], by: Actor, case: ReviewCase | None, reason: str
) -> Verdict:
    (low, high), pair = opinion.ids, opinion.pair
    return Verdict(
        low_id=low,
        high_id=high,
        decision=opinion.decision,
        reason=reason,
        case=case,
        low_fingerprint=prints.get(low, pair.low_fingerprint if pair else 0),
        high_fingerprint=prints.get(high, pair.high_fingerprint if pair else 0),
        weight=pair.weight if pair else None,
        has_conflict=bool(pair and pair.conflicts),
        model_number=pair.model_number if pair else None,
        by=str(by),
    )


def fingerprints(tenant: Tenant, profile_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Return the fingerprint of each customer that matching knows, as the customer is now."""
    rows = MatchRecord.objects.filter(profile__in=profile_ids)
    current = set(rows.filter(profile_version=F("profile__version")).values_list("profile_id", flat=True))
    if outdated := sorted(set(profile_ids) - current):
        refresh(tenant, outdated)
    return dict(rows.values_list("profile_id", "fingerprint"))


def unlike(candidates: Collection[Candidate]) -> Iterator[Opinion]:
    """Say of all the customers in some pairs that no two are the same."""
    known = {(pair.low_id, pair.high_id): pair for pair in candidates}
    people = sorted(ids_in(candidates))
    pairs = combinations(people, 2) if len(people) <= MOST_SPOKEN_OF else iter(known)
    return (Opinion(ids, Decision.DIFFERENT, known.get(ids)) for ids in pairs)


def of_merge(
    candidates: Collection[Candidate], winner_id: uuid.UUID, merged: frozenset[uuid.UUID]
) -> Iterator[Opinion]:
    """Say which pairs are the same when these customers are one, and that none of them is another.

    The survivor speaks for all who are merged into it; pairs of others are not spoken about.
    """
    known = {(pair.low_id, pair.high_id) for pair in candidates}
    others: set[uuid.UUID] = set()
    for pair in candidates:
        inside = {pair.low_id, pair.high_id} & merged
        if len(inside) == 2:  # noqa: PLR2004 (a pair)
            yield Opinion.of(pair, Decision.SAME)
        elif inside:
            others |= {pair.low_id, pair.high_id} - merged
            yield Opinion.of(pair, Decision.DIFFERENT)
    survivor = (ordered(winner_id, other) for other in sorted(others))
    yield from (Opinion(ids, Decision.DIFFERENT) for ids in survivor if ids not in known)
