"""Merging one customer with those that are surely the same (S0: auto-unify)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from cdp.actors import Actor
from cdp.errors import DomainError
from cdp.models import Tenant
from profiles.errors import ProfileNotFound
from profiles.models import Profile
from unify.choices import CandidateOrigin
from unify.finding.current import current_model, settings_of
from unify.finding.merging import merge_sure
from unify.finding.opening import open_candidate
from unify.models import MatchSettings, Merge
from unify.operations.find_alike import Alike, find_alike
from unify.records.refresh import refresh

_MOST = 20


@dataclass(frozen=True, slots=True)
class Unified:
    """What was merged, and, where less was than looked sure, what stood in the way."""

    merges: tuple[Merge, ...] = ()
    obstacle: DomainError | None = None


def unify_profile(*, tenant: Tenant, by: Actor, profile_id: uuid.UUID) -> Unified:
    """Merge the customer with everybody who is surely the same, and put before people who may be.

    The same rules as in a run hold: thresholds, conflicts, verdicts, family, size; a tenant that wants
    nothing merged without asking is asked. Raises ProfileNotFound.
    """
    try:
        profile = Profile.objects.follow(profile_id)
    except Profile.DoesNotExist as error:
        raise ProfileNotFound from error
    refresh(tenant, [profile.pk])
    settings = settings_of(tenant)
    alike = find_alike(
        tenant=tenant, profile_id=profile.pk, limit=_MOST, least_score=float(settings.review_score)
    )
    unified = _merge_sure(tenant, by, settings, profile.pk, alike) if settings.merges_by_itself else Unified()
    merges = unified.merges
    gone = {merge.loser_id for merge in merges}
    survivor = merges[0].winner_id if merges else profile.pk
    for found in alike:
        other = found.profile.pk
        if other not in gone and other != survivor:
            open_candidate(tenant=tenant, low_id=survivor, high_id=other, origin=CandidateOrigin.JOB)
    return unified


def _merge_sure(
    tenant: Tenant, by: Actor, settings: MatchSettings, own_id: uuid.UUID, alike: Sequence[Alike]
) -> Unified:
    """Merge as many of the surest as are sure together."""
    obstacle: DomainError | None = None
    _, model = current_model(tenant)
    sure = [one for one in alike if one.score >= settings.merge_score and not one.conflicts]
    for count in range(min(len(sure), settings.largest_cluster - 1), 0, -1):
        members = sorted([own_id, *(one.profile.pk for one in sure[:count])])
        try:
            return Unified(tuple(merge_sure(tenant, model, settings, members, by=by)), obstacle)
        except DomainError as error:
            obstacle = error
    return Unified(obstacle=obstacle)
