"""What merges, changed customers and undone imports mean for summaries."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence

from django.db.models import Q

from cdm.models import CustomerSummary, FamilyMember
from cdm.operations.refresh_summaries import refresh_summaries
from cdm.summaries.queueing import follow_changed, follow_import
from cdp.actors import Actor
from cdp.models import Tenant
from cdp.tenancy.context import require_tenant_id
from profiles import registries as below
from unify.models import Merge
from unify.registries import after_merge, after_unmerge, computed_fields


def listen() -> None:
    """Register with the apps below."""
    after_merge.register("summaries", refresh_merged)
    after_unmerge.register("summaries", refresh_unmerged)
    computed_fields.register("summaries", judged_fields)
    below.profile_changes.register("summaries", follow_changed)
    below.imports_done.register("summaries", follow_import)
    below.derived_rows.register("cdm.CustomerSummary", remove_summaries)


def refresh_merged(merges: Sequence[Merge], by: Actor) -> None:
    """Make the summary of the survivor anew; who was merged loses theirs."""
    _refresh(merges, is_restored=False)


def refresh_unmerged(merges: Sequence[Merge], by: Actor) -> None:
    """Make the summaries of both anew: each has the stage again that was theirs before the merge."""
    _refresh(merges, is_restored=True)


def judged_fields(profile_id: uuid.UUID) -> list[str]:
    """Return the stage if orders decide about it."""
    is_buyer = CustomerSummary.objects.filter(profile_id=profile_id, orders__gt=0).exists()
    return ["lifecycle_stage"] if is_buyer else []


def _refresh(merges: Sequence[Merge], *, is_restored: bool) -> None:
    ids = {one for merge in merges for one in (merge.winner_id, merge.loser_id)}
    tenant = Tenant.objects.get(pk=require_tenant_id())
    refresh_summaries(tenant=tenant, profile_ids=ids, tells_first=not is_restored, is_restored=is_restored)
    # Who is family to both has one relative less, or more.
    links = FamilyMember.objects.filter(Q(profile__in=ids) | Q(relative__in=ids)).exclude(relative=None)
    family = {one for pair in links.values_list("profile_id", "relative_id") for one in pair} - ids
    if family:
        # After the commit: their locks would be taken out of order.
        follow_changed(sorted(family))


def remove_summaries(profile_ids: Collection[uuid.UUID]) -> None:
    """Delete the summaries of customers who are about to be deleted."""
    CustomerSummary.objects.filter(profile_id__in=list(profile_ids)).delete()
