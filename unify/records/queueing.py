"""Renewing records after a verb has changed customers."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from cdp.after_commit import after_commit
from cdp.celery import app
from cdp.models import Tenant
from cdp.tenancy.context import require_tenant_id, tenant_context
from unify.records.policy import MOST_AT_ONCE
from unify.records.refresh import refresh

REFRESH_TASK = "unify.refresh_records"
KEEP_TASK = "unify.keep_records_of_tenant"


def refresh_after_commit(profile_ids: Sequence[uuid.UUID]) -> None:
    """Have these customers' records made again after the commit: a few here, many by a worker.

    Robust: should it fail, the verb stands, and the job that comes every few minutes makes up for it.
    """
    tenant_id, ids = require_tenant_id(), list(profile_ids)
    if len(ids) <= MOST_AT_ONCE:
        after_commit(_refresh, tenant_id, ids)
        return
    named = [str(one) for one in ids]
    signature = app.signature(REFRESH_TASK, args=[str(tenant_id), named], immutable=True)
    after_commit(signature.apply_async)


def refresh_after_import(tenant: Tenant, made: int) -> None:
    """Have a worker make the records of an import's customers after the commit.

    Robust: should it fail, the job that comes every few minutes makes up for it.
    """
    if made:
        after_commit(app.signature(KEEP_TASK, args=[str(tenant.pk)], immutable=True).apply_async)


def _refresh(tenant_id: uuid.UUID, ids: Sequence[uuid.UUID]) -> None:
    with tenant_context(tenant_id):
        refresh(Tenant.objects.get(pk=tenant_id), ids)
