"""Writing a merge down: the decision, its merges, and the rows they moved."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Max

from cdp.actors import Actor
from profiles.choices import ProfileStatus
from profiles.models import Profile
from unify.merging.images import Image, read_images
from unify.merging.labels import read_labels
from unify.merging.moving import move_rows
from unify.merging.preparing import Prepared
from unify.merging.relations import moving_relations
from unify.merging.state import Provenance
from unify.merging.survivorship import Plan
from unify.models import Merge, MergedRows, MergeGroup


@dataclass(frozen=True, slots=True)
class Occasion:
    """Who merges, when, and why."""

    by: Actor
    at: datetime
    origin: str
    reason: str
    score: float | None
    candidate_ids: Sequence[str]


def record_group(group_id: uuid.UUID, prepared: Prepared, plan: Plan) -> MergeGroup:
    """Write the decision with the survivor as it was before and as it will be."""
    winner, policy = prepared.winner, prepared.policy
    last = MergeGroup.objects.filter(winner=winner).aggregate(last=Max("position"))["last"]
    group: MergeGroup = MergeGroup.objects.create(
        id=group_id,
        winner=winner,
        position=(last or 0) + 1,
        strategy=policy.strategy,
        choices=dict(policy.choices),
        rules=policy.rules.to_json(),
        before=prepared.sides[0].state.to_json(),
        after=plan.state.to_json(),
        images={key: rows for key, rows in _images(winner.pk).items() if rows},
    )
    return group


def record_labels(group: MergeGroup, merges: Sequence[Merge]) -> None:
    """Keep what the rows of all customers in the decision point to, should it be deleted."""
    kept = MergedRows.objects.filter(merge__in=merges).exclude(images=[]).values_list("relation", "images")
    rows = [*group.images.items(), *kept]
    relations = {relation.key: relation for relation in moving_relations() if relation.is_editable}
    group.targets = read_labels((relations[key], images) for key, images in rows)
    if group.targets:
        group.save(update_fields=["targets"])


def record_merge(
    group: MergeGroup, winner: Profile, loser: Profile, occasion: Occasion, said: Provenance
) -> Merge:
    """Write one merge, hand the loser's rows over, and let it redirect; ``said`` is who said its values."""
    merge: Merge = Merge.objects.create(
        group=group,
        winner=winner,
        loser=loser,
        origin=occasion.origin,
        strategy=group.strategy,
        resolved_conflicts=group.choices,
        score=occasion.score,
        reason=occasion.reason,
        candidate_ids=list(occasion.candidate_ids),
        merged_at=occasion.at,
        merged_by=str(occasion.by),
        created_by=str(occasion.by),
        updated_by=str(occasion.by),
        loser_before=loser_state(loser, said),
    )
    _hand_over(merge)
    # Nothing else of the loser changes: its row is how it was.
    Profile.objects.filter(pk=loser.pk).update(
        status=ProfileStatus.MERGED,
        merged_into=winner,
        merged_at=occasion.at,
        version=F("version") + 1,
    )
    return merge


def loser_state(loser: Profile, said: Provenance) -> dict[str, Any]:
    """Return what a merge changes in the loser's row, and who had said what was changed in it."""
    merged_at = loser.merged_at
    return {
        "status": loser.status,
        "merged_at": merged_at.isoformat() if merged_at else None,
        "said": said,
    }


def _hand_over(merge: Merge) -> None:
    images = _images(merge.loser_id)
    rows = []
    for relation in moving_relations():
        ids = move_rows(relation, from_ids=[merge.loser_id], to_id=merge.winner_id)
        if ids or images.get(relation.key):
            rows.append(
                MergedRows(merge=merge, relation=relation.key, ids=ids, images=images.get(relation.key, []))
            )
    MergedRows.objects.bulk_create(rows)


def _images(profile_id: uuid.UUID) -> dict[str, list[Image]]:
    return {
        relation.key: read_images(relation, owners=[profile_id])
        for relation in moving_relations()
        if relation.is_editable
    }
