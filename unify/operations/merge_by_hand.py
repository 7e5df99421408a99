"""Merging what somebody names, outside of the review queue."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from django.db.models import QuerySet

from cdp.actors import Actor
from cdp.choices import ActorKind
from cdp.models import Tenant
from profiles.models import Profile
from unify.choices import CandidateState, Decision
from unify.deciding.cases import ordered
from unify.deciding.errors import CaseChanged, NeedsSecondPerson
from unify.deciding.risk import is_risky
from unify.deciding.rules import rules_of
from unify.deciding.staleness import changed_among
from unify.deciding.verdicts import Opinion, record_verdicts
from unify.finding.current import current_model, settings_of
from unify.finding.family import family_pairs
from unify.matching.evaluator import evaluator_of
from unify.merging.choices import MergeOrigin, MergeStrategy
from unify.merging.locking import lock_customers, survivors_of, until_still
from unify.merging.previews import MergePreview
from unify.merging.stops import refuse_force
from unify.models import Candidate, Merge
from unify.operations.merge import merge
from unify.operations.preview_merge import preview_merge
from unify.records.making import Maker
from unify.records.reading import read


def merge_by_hand(
    *,
    tenant: Tenant,
    by: Actor,
    winner_id: uuid.UUID,
    loser_ids: Sequence[uuid.UUID],
    strategy: str = MergeStrategy.MERGE_BOTH,
    resolved_conflicts: Mapping[str, Any] | None = None,
    reason: str = "",
    force: bool = False,
    seen: Mapping[uuid.UUID, int] | None = None,
) -> list[Merge]:
    """Merge by the tenant's rules, and remember that somebody has said they are the same.

    ``seen`` are versions of customers as they were shown: if one has changed since, nothing is merged. Where
    risky merges take two people, those are for the review queue. Raises CaseChanged, NeedsSecondPerson,
    PeopleInsist, and what ``merge`` raises.
    """
    refuse_force(by, force=force)

    def act() -> list[Merge]:
        found = _lock(tenant, [winner_id, *loser_ids], seen or {})
        pairs = _say_so(tenant, by, found, winner_id, reason)
        return merge(
            tenant=tenant,
            by=by,
            winner_id=winner_id,
            loser_ids=loser_ids,
            strategy=strategy,
            resolved_conflicts=resolved_conflicts,
            rules=rules_of(settings_of(tenant)),
            reason=reason,
            origin=MergeOrigin.PERSON if by.kind == ActorKind.USER else MergeOrigin.API,
            score=max((pair.score for pair in pairs), default=None),
            candidate_ids=[pair.wire_id for pair in pairs],
            force=force,
        )

    return until_still(act)


def preview_by_hand(
    *,
    tenant: Tenant,
    winner_id: uuid.UUID,
    loser_ids: Sequence[uuid.UUID],
    strategy: str = MergeStrategy.MERGE_BOTH,
    resolved_conflicts: Mapping[str, Any] | None = None,
    force: bool = False,
    seen: Mapping[uuid.UUID, int] | None = None,
) -> MergePreview:
    """Return what ``merge_by_hand`` would do; raises CaseChanged and what ``merge`` raises."""
    if seen:
        _refuse_if_changed(_there(survivors_of([winner_id, *loser_ids]).values()), seen)
    return preview_merge(
        tenant=tenant,
        winner_id=winner_id,
        loser_ids=loser_ids,
        strategy=strategy,
        resolved_conflicts=resolved_conflicts,
        rules=rules_of(settings_of(tenant)),
        force=force,
    )


def takes_two(tenant: Tenant, profile_ids: Sequence[uuid.UUID]) -> bool:
    """Tell whether merging these is risky in a tenant that wants two people for it."""
    return _takes_two(tenant, list(_there(survivors_of(profile_ids).values()).values()))


def _there(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Profile]:
    return Profile.objects.defer("search_text").in_bulk(set(ids))


def _lock(
    tenant: Tenant, ids: Sequence[uuid.UUID], seen: Mapping[uuid.UUID, int]
) -> dict[uuid.UUID, Profile]:
    """Lock the customers before anything of them is read or written: a verdict holds their rows too."""
    found = lock_customers(tenant, set(survivors_of(ids).values()))
    _refuse_if_changed(found, seen)
    return found


def _refuse_if_changed(found: Mapping[uuid.UUID, Profile], seen: Mapping[uuid.UUID, int]) -> None:
    if changed := changed_among(found, seen):
        raise CaseChanged(changed)


def _say_so(
    tenant: Tenant, by: Actor, found: Mapping[uuid.UUID, Profile], winner_id: uuid.UUID, reason: str
) -> list[Candidate]:
    """Write that the locked customers are the same, and return what matching has said of them."""
    if _takes_two(tenant, list(found.values())):
        raise NeedsSecondPerson(_case_of(list(found)))
    pairs = {(pair.low_id, pair.high_id): pair for pair in _known_pairs(list(found))}
    winner = survivors_of([winner_id])[winner_id]
    star = sorted(ordered(winner, one) for one in found.keys() - {winner})
    # Before they are one: of what they were like, calibration learns.
    opinions = [Opinion(ids, Decision.SAME, pairs.get(ids)) for ids in star]
    record_verdicts(tenant, opinions, by=by, case=None, reason=reason)
    return list(pairs.values())


def _takes_two(tenant: Tenant, profiles: Sequence[Profile]) -> bool:
    settings = settings_of(tenant)
    if not settings.needs_second_person:
        return False
    if is_risky(profiles, has_conflict=False, settings=settings):
        return True
    ids = [profile.pk for profile in profiles]
    return any(pair.conflicts for pair in _known_pairs(ids)) or _has_conflict(tenant, ids)


def _has_conflict(tenant: Tenant, ids: Sequence[uuid.UUID]) -> bool:
    """Compare them as they are now: matching may never have looked at them, or before they changed."""
    if family_pairs(ids):
        return True
    maker = Maker(tenant)
    people = [maker.person(str(found), said) for found, _, said in read(sorted(ids))]
    if len(people) < len(ids):  # who is inactive cannot be compared, so nobody knows
        return True
    evaluate = evaluator_of(current_model(tenant)[1]).evaluate
    return any(evaluate(one, other).conflicts for one, other in combinations(people, 2))


def _known_pairs(members: Sequence[uuid.UUID]) -> QuerySet[Candidate]:
    pairs = Candidate.objects.filter(low__in=members, high__in=members)
    return pairs.exclude(state=CandidateState.WITHDRAWN)


def _case_of(members: Sequence[uuid.UUID]) -> uuid.UUID | None:
    """Return the case in which these wait for people."""
    pairs = Candidate.objects.filter(low__in=members, high__in=members, state=CandidateState.PENDING)
    return pairs.exclude(case=None).order_by("-score", "id").values_list("case_id", flat=True).first()
