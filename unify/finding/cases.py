"""Putting waiting candidates together into cases, and keeping the cases that are there."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Case, Q, When
from django.utils import timezone
from uuid_utils import uuid7

from cdp.tenancy.context import require_tenant_id
from profiles.imports.writing.stage import Stage
from unify.choices import CandidateState, CaseState
from unify.finding.policy import CASE_SIZE
from unify.finding.settling import settle
from unify.matching import joins
from unify.models import Candidate, ReviewCase

_CASES = Stage("case_stage", {"id": "uuid", "candidate_id": "uuid"})
_HELD = Q(state=CaseState.SECOND)
# By their ids, as whoever closes pairs locks them.
_LOCK = """
SELECT FROM match_candidates
 WHERE tenant_id = %(tenant)s AND id IN (SELECT candidate_id FROM case_stage)
 ORDER BY id FOR NO KEY UPDATE
"""
_ASSIGN = """
UPDATE match_candidates AS c SET case_id = s.id
  FROM case_stage AS s WHERE c.tenant_id = %(tenant)s AND c.id = s.candidate_id
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One pair people have not decided on."""

    id: uuid.UUID
    low: uuid.UUID
    high: uuid.UUID
    weight: float
    case: uuid.UUID | None


def regroup(*, leave: Collection[uuid.UUID] = (), among: Collection[uuid.UUID] | None = None) -> int:
    """Give every waiting candidate a case, one per group of records; return how many cases were made.

    With ``among``, only those that hang together with one of these customers, by pairs or by cases.

    Candidates in ``leave`` are left as they are, and so are the cases somebody holds or has decided in part:
    what has joined their records since becomes a case of its own. Other cases keep their candidates where
    they can, so that what people were shown stays where it was.
    """
    with transaction.atomic():
        reach = None if among is None else _reach(among)
        made, cases = _assign(groups_of(_waiting(set(leave), reach)))
        settle(None if reach is None else reach.cases | cases, made=made)
        return len(made)


@dataclass(frozen=True, slots=True)
class _Reach:
    """What hangs together: waiting candidates, and cases these and others are or were in."""

    candidates: set[uuid.UUID]
    cases: set[uuid.UUID]


def _reach(people: Collection[uuid.UUID]) -> _Reach:
    """Return what hangs together with these customers: a query per step away from them.

    So do both sides of a pair that no longer waits, and the pairs of one case: what hung together may not any
    more, and a group that has become small enough has one case instead of several.
    """
    found, seen = _Reach(set(), set()), set(people)
    touching = Candidate.objects.filter(Q(low__in=people) | Q(high__in=people))
    for low, high, case in touching.values_list("low_id", "high_id", "case_id"):
        seen |= {low, high}
        found.cases.update({case} - {None})
    ahead, entered = seen, found.cases
    while ahead or entered:
        near = Q(low__in=ahead) | Q(high__in=ahead) | Q(case__in=entered)
        rows = Candidate.objects.filter(near, state=CandidateState.PENDING)
        members, met = set[uuid.UUID](), set[uuid.UUID]()
        for pk, low, high, case in rows.values_list("pk", "low_id", "high_id", "case_id"):
            found.candidates.add(pk)
            members |= {low, high}
            met |= {case} - {None}
        ahead, entered = members - seen, met - found.cases
        seen |= ahead
        found.cases.update(entered)
    return found


def _waiting(leave: set[uuid.UUID], reach: _Reach | None) -> Iterator[Waiting]:
    # Locked, so that nobody claims a case while its pairs are being moved.
    cases = ReviewCase.objects.select_for_update().filter(state__in=[CaseState.OPEN, CaseState.SECOND])
    rows = Candidate.objects.filter(state=CandidateState.PENDING).order_by("pk")
    if reach is not None:
        cases, rows = cases.filter(pk__in=reach.cases), rows.filter(pk__in=reach.candidates)
    held = Case(When(_HELD | Q(claimed_until__gt=timezone.now()), then=True), default=False)
    is_held = dict(cases.order_by("pk").annotate(is_held=held).values_list("pk", "is_held"))
    for pk, low, high, weight, case in rows.values_list("pk", "low_id", "high_id", "weight", "case_id"):
        if not is_held.get(case) and pk not in leave:
            yield Waiting(pk, low, high, weight, case if case in is_held else None)


def groups_of(pairs: Iterable[Waiting]) -> Iterator[list[Waiting]]:
    """Return the pairs that belong on one screen: connected ones, and large groups in parts."""
    for component in components(pairs):
        people = {person for pair in component for person in (pair.low, pair.high)}
        if len(people) <= CASE_SIZE:
            yield component
        else:
            yield from _parts(component)


def components(pairs: Iterable[Waiting]) -> Iterator[list[Waiting]]:
    above: dict[uuid.UUID, uuid.UUID] = {}

    def root(one: uuid.UUID) -> uuid.UUID:
        while (upper := above.setdefault(one, one)) != one:
            above[one] = one = above[upper]
        return one

    known = list(pairs)
    for pair in known:
        above[root(pair.high)] = root(pair.low)
    found: dict[uuid.UUID, list[Waiting]] = defaultdict(list)
    for pair in known:
        found[root(pair.low)].append(pair)
    yield from found.values()


def _parts(component: list[Waiting]) -> Iterator[list[Waiting]]:
    """Split by average linkage; a pair between two parts is a case of its own."""
    part: dict[str, list[str]] = {}
    edges = ((str(pair.low), str(pair.high), pair.weight) for pair in component)
    for _, left, right in joins(edges, is_allowed=lambda a, b: len(a) + len(b) <= CASE_SIZE):
        members = [*left, *right]
        part.update(dict.fromkeys(members, members))
    inside: dict[int, list[Waiting]] = defaultdict(list)
    for pair in component:
        ours, theirs = part.get(str(pair.low)), part.get(str(pair.high))
        if ours is not None and ours is theirs:
            inside[id(ours)].append(pair)
        else:
            yield [pair]
    yield from inside.values()


def _assign(groups: Iterable[list[Waiting]]) -> tuple[set[uuid.UUID], set[uuid.UUID]]:
    """Give the candidates of each group one case; return the cases that are new, and all of them."""
    taken: set[uuid.UUID] = set()
    changes: list[tuple[str, str]] = []
    made: set[uuid.UUID] = set()
    for group in groups:
        earlier = Counter(pair.case for pair in group if pair.case is not None and pair.case not in taken)
        case = min(earlier, key=lambda found: (-earlier[found], found)) if earlier else None
        case_id = case or uuid.UUID(str(uuid7()))
        taken.add(case_id)
        if case is None:
            made.add(case_id)
        changes.extend((str(case_id), str(pair.id)) for pair in group if pair.case != case_id)
    if changes:
        _CASES.create()
        _CASES.fill(changes)
        with connection.cursor() as cursor:
            # The candidates may be so new that the planner takes them for one: by the index it may be wrong.
            cursor.execute("CREATE INDEX IF NOT EXISTS case_stage_candidate ON case_stage (candidate_id)")
            cursor.execute("ANALYZE case_stage")
            for statement in (_LOCK, _ASSIGN):
                cursor.execute(statement, {"tenant": require_tenant_id()})
    return made, taken
