"""Merging customers: many rows become one customer, and nothing is lost."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from cdp.actors import Actor
from cdp.models import Tenant
from unify.merging.choices import MergeOrigin, MergeStrategy
from unify.merging.rules import SurvivorshipRules
from unify.models import Merge


def merge(
    *,
    tenant: Tenant,
    by: Actor,
    winner_id: uuid.UUID,
    loser_ids: Sequence[uuid.UUID],
    strategy: str = MergeStrategy.MERGE_BOTH,
    resolved_conflicts: Mapping[str, Any] | None = None,
    rules: SurvivorshipRules | None = None,
    reason: str = "",
    origin: str = MergeOrigin.PERSON,
    score: float | None = None,
    candidate_ids: Sequence[str] = (),
    force: bool = False,
) -> list[Merge]:
    """Merge the losers into the winner; return one Merge per loser, all of one group."""
    raise NotImplementedError
