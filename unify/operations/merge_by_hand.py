"""Merging what somebody names, outside of the review queue."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from cdp.actors import Actor
from cdp.choices import ActorKind
from cdp.models import Tenant
from profiles.errors import ProfileNotFound
from profiles.models import Profile
from unify.choices import CandidateState, Decision
from unify.deciding.cases import Pair, ordered
from unify.deciding.errors import NeedsSecondPerson
from unify.deciding.risk import is_risky
from unify.deciding.rules import rules_of
from unify.deciding.verdicts import Opinion, record_verdicts
from unify.finding.current import settings_of
from unify.merging.choices import MergeOrigin, MergeStrategy
from unify.merging.previews import MergePreview
from unify.models import Candidate, Merge
from unify.operations.merge import merge
from unify.operations.preview_merge import preview_merge


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
) -> list[Merge]:
    """Merge by the tenant's rules, and remember that somebody has said they are the same.

    Where risky merges take two people, those are for the review queue. Raises NeedsSecondPerson, and what
    ``merge`` raises.
    """
    if takes_two(tenant, [winner_id, *loser_ids]):
        raise NeedsSecondPerson(_case_of([winner_id, *loser_ids]))
    with transaction.atomic():
        pairs = _known_pairs(winner_id, loser_ids)
        opinions = [Opinion(ids, Decision.SAME, pairs.get(ids)) for ids in _star(winner_id, loser_ids)]
        # Before they are one: of what they were like, calibration learns.
        record_verdicts(tenant, opinions, by=by, case=None, reason=reason)
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
            score=max((pair.score for pair in pairs.values()), default=None),
            candidate_ids=[pair.wire_id for pair in pairs.values()],
            force=force,
        )


def preview_by_hand(
    *,
    tenant: Tenant,
    winner_id: uuid.UUID,
    loser_ids: Sequence[uuid.UUID],
    strategy: str = MergeStrategy.MERGE_BOTH,
    resolved_conflicts: Mapping[str, Any] | None = None,
    force: bool = False,
) -> MergePreview:
    """Return what ``merge_by_hand`` would do; raises what ``merge`` raises."""
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
    settings = settings_of(tenant)
    if not settings.needs_second_person:
        return False
    profiles = [_followed(profile_id) for profile_id in profile_ids]
    pairs = _known_pairs(profiles[0].pk, [profile.pk for profile in profiles[1:]])
    has_conflict = any(pair.conflicts for pair in pairs.values())
    return is_risky(profiles, has_conflict=has_conflict, settings=settings)


def _followed(profile_id: uuid.UUID) -> Profile:
    try:
        return Profile.objects.defer("search_text").follow(profile_id)
    except Profile.DoesNotExist as error:
        raise ProfileNotFound from error


def _star(winner_id: uuid.UUID, loser_ids: Sequence[uuid.UUID]) -> list[Pair]:
    """Return the survivor's pair with each of the others, as far as they are of this tenant."""
    known = set(Profile.objects.filter(pk__in=[winner_id, *loser_ids]).values_list("pk", flat=True))
    if winner_id not in known:
        return []
    return sorted(ordered(winner_id, one) for one in {*loser_ids} & known - {winner_id})


def _known_pairs(winner_id: uuid.UUID, loser_ids: Sequence[uuid.UUID]) -> dict[Pair, Candidate]:
    members = [winner_id, *loser_ids]
    rows = Candidate.objects.filter(low__in=members, high__in=members).exclude(state=CandidateState.WITHDRAWN)
    return {(pair.low_id, pair.high_id): pair for pair in rows}


def _case_of(members: Sequence[uuid.UUID]) -> uuid.UUID | None:
    """Return the case in which these wait for people."""
    pairs = Candidate.objects.filter(low__in=members, high__in=members, state=CandidateState.PENDING)
    return pairs.exclude(case=None).order_by("-score", "id").values_list("case_id", flat=True).first()
