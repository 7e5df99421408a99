"""Merging customers: many rows become one customer, and nothing is lost."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext

from cdp import audit
from cdp.actors import Actor
from cdp.errors import Invalid
from cdp.ids import uuid7
from cdp.models import Tenant
from profiles.errors import raise_taken
from profiles.models import Profile
from profiles.normalisation.errors import InvalidValue
from profiles.normalisation.names import clean_text
from unify.merging.choices import MergeOrigin, MergeStrategy
from unify.merging.locking import until_still
from unify.merging.preparing import Request, prepare
from unify.merging.recording import Occasion, record_group, record_labels, record_merge
from unify.merging.rules import SurvivorshipRules
from unify.merging.survivorship import Plan, survive
from unify.merging.values import GONE, differences
from unify.models import Merge
from unify.registries import after_merge

_LONGEST_REASON = 500


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
    """Merge the losers into the winner; return one Merge per loser, all of one group.

    Ids of customers that were merged already stand for their survivors. ``resolved_conflicts`` ({field: a
    customer's id, ``profile1``, ``profile2``, or a value}) has the last word, then the rules, then the
    strategy. Raises ProfileNotFound, SameProfile, AlreadyMerged, HardStop, Invalid, TooBusy.
    """
    request = Request(tenant, winner_id, loser_ids, strategy, resolved_conflicts, rules, force)
    occasion = Occasion(
        by, timezone.now(), MergeOrigin(origin), _plain(reason), score, [one[:80] for one in candidate_ids]
    )
    try:
        return until_still(lambda: _merge(request, occasion))
    except IntegrityError as error:
        raise_taken(error)


def _plain(reason: str) -> str:
    try:
        return clean_text(reason, max_length=_LONGEST_REASON)
    except InvalidValue as error:
        raise Invalid(gettext("See errors for each field."), fields={"reason": [error.words()]}) from error


def _merge(request: Request, occasion: Occasion) -> list[Merge]:
    prepared = prepare(request, lock=True)
    winner, by = prepared.winner, occasion.by
    group_id = uuid7()
    plan = survive(
        prepared.sides[0],
        prepared.sides[1:],
        prepared.policy,
        group=group_id,
        at=occasion.at,
        by=str(by),
    )
    group = record_group(group_id, prepared, plan)
    merges = [
        record_merge(group, winner, loser, occasion, side.state.said)
        for loser, side in zip(prepared.losers, prepared.sides[1:], strict=True)
    ]
    record_labels(group, merges)
    before = prepared.sides[0].state.values
    changed = plan.state.put_into(winner)
    winner.version += 1
    winner.updated_by, winner.updated_at = str(by), occasion.at
    Profile.objects.filter(pk=winner.pk).update(
        **{name: getattr(winner, name) for name in (*changed, "version", "updated_by", "updated_at")}
    )
    _audit(merges, before, plan, by)
    for listener in after_merge:
        listener(merges, by)
    return merges


def _audit(merges: Sequence[Merge], before: Mapping[str, Any], plan: Plan, by: Actor) -> None:
    changes: dict[str, list[Any]] = {
        path: [before.get(path), None if value is GONE else value]
        for path, value in differences(before, plan.state.values).items()
    }
    changes["merged"] = [None, [str(merge.loser_id) for merge in merges]]
    audit.record(verb="profile.merge", obj=merges[0].winner, by=by, changes=changes)
    audit.record_many(
        verb="profile.merged_into",
        entries=[
            (
                merge.loser,
                {
                    "status": [merge.loser_before["status"], "MERGED"],
                    "merged_into": [None, str(merge.winner_id)],
                },
            )
            for merge in merges
        ],
        by=by,
    )
