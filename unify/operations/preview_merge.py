"""What a merge would do."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from cdp.models import Tenant
from unify.merging.choices import MergeStrategy
from unify.merging.previews import MergePreview
from unify.merging.rules import SurvivorshipRules


def preview_merge(
    *,
    tenant: Tenant,
    winner_id: uuid.UUID,
    loser_ids: Sequence[uuid.UUID],
    strategy: str = MergeStrategy.MERGE_BOTH,
    resolved_conflicts: Mapping[str, Any] | None = None,
    rules: SurvivorshipRules | None = None,
    score: float | None = None,
    force: bool = False,
) -> MergePreview:
    """Plan a merge as ``merge`` would, and write nothing; raises what ``merge`` raises."""
    raise NotImplementedError
