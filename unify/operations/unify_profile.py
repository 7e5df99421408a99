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
from unify.finding.merging import merge_sure, refuse_unless_sure
from unify.finding.opening import open_candidate
from unify.merging.stops import check_stops
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
    unified = _merge_sure(tenant, by, settings, profile, alike) if settings.merges_by_itself else Unified()
    merges = unified.merges
    gone = {merge.loser_id for merge in merges}
    survivor = merges[0].winner_id if merges else profile.pk
    for found in alike:
        other = found.profile.pk
        if other not in gone and other != survivor:
            open_candidate(tenant=tenant, low_id=survivor, high_id=other, origin=CandidateOrigin.JOB)
    return unified


def _merge_sure(
    tenant: Tenant, by: Actor, settings: MatchSettings, profile: Profile, alike: Sequence[Alike]
) -> Unified:
    """Merge those that are sure together, the surest first, without those that something keeps out."""
    obstacle: DomainError | None = None
    _, model = current_model(tenant)
    members = [profile]
    for one in alike:
        if one.score < settings.merge_score or one.conflicts or len(members) >= settings.largest_cluster:
            continue
        together = [*members, one.profile]
        try:
            check_stops(together, force=False)
            refuse_unless_sure(tenant, model, settings, together)
        except DomainError as error:
            obstacle = error
        else:
            members = together
    if len(members) == 1:
        return Unified(obstacle=obstacle)
    try:
        ids = sorted(member.pk for member in members)
        return Unified(tuple(merge_sure(tenant, model, settings, ids, by=by)), obstacle)
    except DomainError as error:
        return Unified(obstacle=error)
