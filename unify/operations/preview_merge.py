"""What a merge would do."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone

from cdp.models import Tenant
from unify.merging.choices import MergeStrategy
from unify.merging.moving import count_rows
from unify.merging.preparing import Prepared, Request, prepare
from unify.merging.previews import FieldChoice, MergePreview
from unify.merging.relations import moving_relations
from unify.merging.rules import SurvivorshipRules
from unify.merging.survivorship import Plan, survive
from unify.merging.values import GONE, in_order, is_empty, same, wire_name

_NOBODY = uuid.UUID(int=0)


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
    request = Request(tenant, winner_id, loser_ids, strategy, resolved_conflicts, rules, force)
    prepared = prepare(request, lock=False)
    plan = survive(
        prepared.sides[0],
        prepared.sides[1:],
        prepared.policy,
        group=_NOBODY,
        at=timezone.now(),
        by="",
    )
    return MergePreview(
        winner_id=prepared.winner.pk,
        loser_ids=tuple(loser.pk for loser in prepared.losers),
        fields=tuple(_fields(prepared, plan)),
        moved=_moved(prepared),
        warnings=prepared.warnings,
        versions={one.pk: one.version for one in (prepared.winner, *prepared.losers)},
    )


def _fields(prepared: Prepared, plan: Plan) -> Iterator[FieldChoice]:
    for path in in_order(plan.choices):
        choice = plan.choices[path]
        values = {side.id: side.state.values.get(path) for side in prepared.sides}
        said = [value for value in values.values() if not is_empty(value)]
        if not said and is_empty(choice.value):
            continue
        yield FieldChoice(
            name=wire_name(path),
            values=values,
            chosen=None if choice.value is GONE else choice.value,
            chosen_from=choice.side.id if choice.side else None,
            rule=str(choice.rule),
            differs=any(not same(said[0], value) for value in said[1:]),
            said={side.id: side.said(path) for side in prepared.sides if not is_empty(values[side.id])},
        )


def _moved(prepared: Prepared) -> dict[str, int]:
    found: dict[str, int] = {}
    for relation in moving_relations():
        count = sum(
            count_rows(relation, from_id=loser.pk, to_id=prepared.winner.pk) for loser in prepared.losers
        )
        if count:
            found[relation.name] = count
    return found
