"""What merges, changed customers and undone imports mean for summaries."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence

from cdm.models import CustomerSummary
from cdm.operations.refresh_summaries import refresh_summaries
from cdm.summaries.queueing import follow_changed
from cdp.actors import Actor
from cdp.models import Tenant
from cdp.tenancy.context import require_tenant_id
from profiles import registries as below
from unify.models import Merge
from unify.registries import after_merge, after_unmerge


def listen() -> None:
    """Register with the apps below."""
    after_merge.register("summaries", refresh_merged)
    after_unmerge.register("summaries", refresh_merged)
    below.profile_changes.register("summaries", follow_changed)
    below.derived_rows.register("cdm.CustomerSummary", remove_summaries)


def refresh_merged(merges: Sequence[Merge], by: Actor) -> None:
    """Make the summaries of everybody in a merge anew, whichever way it went."""
    ids = {one for merge in merges for one in (merge.winner_id, merge.loser_id)}
    tenant = Tenant.objects.get(pk=require_tenant_id())
    refresh_summaries(tenant=tenant, profile_ids=ids)


def remove_summaries(profile_ids: Collection[uuid.UUID]) -> None:
    """Delete the summaries of customers who are about to be deleted."""
    CustomerSummary.objects.filter(profile_id__in=list(profile_ids)).delete()
