"""Summaries that are made by workers."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from cdm.operations.attach_orders import attach_orders
from cdm.operations.refresh_summaries import refresh_summaries
from cdm.summaries.rebuild import make_missing
from cdp.after_commit import after_commit
from cdp.celery import app
from cdp.models import Tenant
from cdp.tenancy.context import require_tenant_id, tenant_context

CHANGED_TASK = "cdm.follow_changed"
MISSING_TASK = "cdm.summarise_new_of_tenant"
REBUILD_TASK = "cdm.rebuild_summaries_of_tenant"
MOST_HERE = 20


def follow_changed(profile_ids: Sequence[uuid.UUID]) -> None:
    """After the commit, give changed customers the orders that waited for them, and summaries.

    A few here, many by a worker. Robust: should it fail, the nightly run makes up for it.
    """
    tenant_id, ids = require_tenant_id(), list(profile_ids)
    if len(ids) <= MOST_HERE:
        after_commit(carry_out, tenant_id, ids)
        return
    named = [str(one) for one in ids]
    after_commit(app.signature(CHANGED_TASK, args=[str(tenant_id), named], immutable=True).apply_async)


def carry_out(tenant_id: uuid.UUID, ids: Sequence[uuid.UUID]) -> None:
    """Do it."""
    with tenant_context(tenant_id):
        tenant = Tenant.objects.get(pk=tenant_id)
        attach_orders(tenant=tenant, profile_ids=ids)
        refresh_summaries(tenant=tenant, profile_ids=ids, behaves_as_before=True)


def follow_import(tenant: Tenant, made: int) -> None:
    """After the commit, summarise the customers an import has made: a few here, many by a worker.

    Robust: should it fail, the job that comes every five minutes makes up for it.
    """
    if 0 < made <= MOST_HERE:
        after_commit(make_missing, tenant)
    elif made:
        after_commit(app.signature(MISSING_TASK, args=[str(tenant.pk)], immutable=True).apply_async)


def queue_rebuild(tenant: Tenant) -> None:
    """Have everybody's summary made anew after the commit: thresholds have changed.

    Robust: should the queue be down, the nightly run does the same.
    """
    after_commit(app.signature(REBUILD_TASK, args=[str(tenant.pk)], immutable=True).apply_async)
