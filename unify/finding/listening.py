"""What changes of customers, merges and contradicting ids mean for finding duplicates."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence

from django.db.models import Q

from cdp.actors import Actor
from cdp.after_commit import after_commit
from cdp.celery import app
from cdp.models import Tenant
from cdp.tenancy.context import require_tenant_id, tenant_context
from unify.choices import CandidateOrigin, CandidateState
from unify.finding.family import Pair, ordered
from unify.finding.opening import WAITING, open_candidate
from unify.finding.settling import settle
from unify.models import Candidate, MatchKey, MatchRecord, Merge
from unify.records.refresh import refresh

CONFLICTS_TASK = "unify.open_conflicts"
# A message of the queue stays small.
_PAIRS_AT_ONCE = 500


def renew_merged(merges: Sequence[Merge], by: Actor) -> None:
    """Renew the records of everybody in a merge, or in one taken back; the losers of a merge have none."""
    ids = list(dict.fromkeys(one for merge in merges for one in (merge.winner_id, merge.loser_id)))
    refresh(merges[0].tenant, ids)


def hand_on_pairs(merges: Sequence[Merge], by: Actor) -> None:
    """Ask again about the survivor what was asked about a loser, once everything is written."""
    losers = {merge.loser_id for merge in merges}
    members = losers | {merge.winner_id for merge in merges}
    touching = Q(low__in=losers) | Q(high__in=losers)
    pairs = Candidate.objects.filter(touching, state=CandidateState.PENDING)
    others = {one for pair in pairs.values_list("low_id", "high_id") for one in pair} - members
    if others:
        after_commit(_ask_again, require_tenant_id(), merges[0].winner_id, sorted(others))


def open_conflicts(tenant: Tenant, found: Sequence[tuple[uuid.UUID, Sequence[uuid.UUID]]]) -> None:
    """Have a worker ask people about customers whom the ids or e-mails of one record contradict.

    Robust: should the queue be down, the next record that says the same asks again.
    """
    pairs = sorted({ordered(chosen, other) for chosen, others in found for other in others})
    for start in range(0, len(pairs), _PAIRS_AT_ONCE):
        named = [[str(low), str(high)] for low, high in pairs[start : start + _PAIRS_AT_ONCE]]
        signature = app.signature(CONFLICTS_TASK, args=[str(tenant.pk), named], immutable=True)
        after_commit(signature.apply_async)


def ask_about(tenant: Tenant, pairs: Sequence[Pair]) -> None:
    """Put these pairs before people, each in a transaction of its own; what waits already costs nothing."""
    lows, highs = {low for low, _ in pairs}, {high for _, high in pairs}
    rows = Candidate.objects.filter(low__in=lows, high__in=highs, case__state__in=WAITING)
    waiting = set(rows.filter(state=CandidateState.PENDING).values_list("low_id", "high_id"))
    for low, high in pairs:
        if (low, high) not in waiting:
            open_candidate(tenant=tenant, low_id=low, high_id=high, origin=CandidateOrigin.RESOLVE)


def remove_keys(profile_ids: Collection[uuid.UUID]) -> None:
    """Delete the keys of customers that are about to be deleted."""
    MatchKey.objects.filter(profile__in=profile_ids)._raw_delete(using="default")


def remove_records(profile_ids: Collection[uuid.UUID]) -> None:
    """Delete the records of customers that are about to be deleted."""
    MatchRecord.objects.filter(profile__in=profile_ids)._raw_delete(using="default")


def remove_candidates(profile_ids: Collection[uuid.UUID]) -> None:
    """Delete the pairs of customers that are about to be deleted, and withdraw the cases left empty."""
    pairs = Candidate.objects.filter(Q(low__in=profile_ids) | Q(high__in=profile_ids))
    cases = set(pairs.exclude(case=None).values_list("case_id", flat=True))
    pairs._raw_delete(using="default")
    if cases:
        settle(cases)


def _ask_again(tenant_id: uuid.UUID, survivor: uuid.UUID, others: Sequence[uuid.UUID]) -> None:
    with tenant_context(tenant_id):
        tenant = Tenant.objects.get(pk=tenant_id)
        for other in others:
            open_candidate(tenant=tenant, low_id=survivor, high_id=other, origin=CandidateOrigin.JOB)
