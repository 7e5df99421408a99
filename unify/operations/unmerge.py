"""Taking a merge back."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from cdp.actors import Actor
from cdp.models import Tenant
from unify.merging.previews import UnmergeResult


def unmerge(
    *,
    tenant: Tenant,
    by: Actor,
    merge_id: uuid.UUID,
    answers: Mapping[str, str] | None = None,
    default: str | None = None,
) -> UnmergeResult:
    """Take one merge back."""
    raise NotImplementedError
