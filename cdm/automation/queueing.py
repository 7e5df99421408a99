"""Asking a worker to evaluate rules, or to send what they say."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import partial

from cdp.after_commit import after_commit, is_postponed
from cdp.celery import app

EVALUATE_TASK = "cdm.evaluate_rules"
SEND_TASK = "cdm.send_firings"
# More at once are left to the night.
MOST_AT_ONCE = 500


def evaluate_soon(tenant_id: uuid.UUID, profile_ids: Sequence[uuid.UUID] | None = None) -> None:
    """Evaluate the tenant's rules for some customers, or for all, once the transaction is committed."""
    if profile_ids is not None and not 0 < len(profile_ids) <= MOST_AT_ONCE:
        return
    if is_postponed(f"{EVALUATE_TASK} {tenant_id}", partial(evaluate_soon, tenant_id)):
        return
    among = None if profile_ids is None else [str(one) for one in profile_ids]
    signature = app.signature(EVALUATE_TASK, args=[str(tenant_id), among], immutable=True)
    # Should the queue be down, the night evaluates every rule.
    after_commit(signature.apply_async)


def send_soon(tenant_id: uuid.UUID) -> None:
    """Send waiting messages once the transaction is committed."""
    # Should the queue be down, the job that runs every five minutes sends them.
    after_commit(app.signature(SEND_TASK, args=[str(tenant_id)], immutable=True).apply_async)
