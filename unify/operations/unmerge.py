"""Taking a merge back: the loser is a customer again, and both are as they were."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from cdp import audit
from cdp.actors import Actor
from cdp.models import Tenant
from profiles.errors import raise_taken
from profiles.models import CustomerEvent, Profile
from unify.merging.answering import decided
from unify.merging.choices import Answer, MergeStatus
from unify.merging.coming_out import (
    hand_on_activity,
    keep_primary_addresses,
    lock_tree,
    reopen,
    rewrite_groups,
    take_standing_of,
    write_survivors,
)
from unify.merging.locking import until_still
from unify.merging.previews import UnmergeResult
from unify.merging.replaying import ACTIVITY, STATUS, replay
from unify.merging.restoring import restore_rows
from unify.merging.row_edits import RowEdit, row_edits
from unify.merging.tree import Tree
from unify.merging.values import GONE, differences, path_of, values_of
from unify.models import Merge
from unify.operations.preview_unmerge import preview_of
from unify.registries import after_unmerge


def unmerge(
    *,
    tenant: Tenant,
    by: Actor,
    merge_id: uuid.UUID,
    answers: Mapping[str, str] | None = None,
    default: str | None = None,
) -> UnmergeResult:
    """Take one merge back: its loser comes out, wherever its survivor is by now.

    ``answers`` says for each edit made since (by the keys of ``preview_unmerge``) whether to ``keep`` it
    with the survivor, ``revert`` it, or ``give`` it to the loser; ``default`` answers the rest. Raises
    EditedSince naming what was not answered, MergeNotFound, NotActive, Invalid, ValueTaken, RowTaken.
    """
    try:
        return until_still(lambda: _unmerge(tenant, by, merge_id, answers or {}, default))
    except IntegrityError as error:
        raise_taken(error)


def unmerge_group(
    *,
    tenant: Tenant,
    by: Actor,
    group_id: uuid.UUID,
    answers: Mapping[str, str] | None = None,
    default: str | None = None,
) -> list[UnmergeResult]:
    """Take back all merges of one decision, the last one first, or none of them."""

    def work() -> list[UnmergeResult]:
        merges = Merge.objects.filter(group=group_id, status=MergeStatus.ACTIVE).order_by("-pk")
        left = dict(answers or {})
        results = []
        for merge in merges:
            result = unmerge(tenant=tenant, by=by, merge_id=merge.pk, answers=left, default=default)
            # What was answered once has happened; the next merge of the decision has no such edit.
            left = {key: answer for key, answer in left.items() if key not in result.answered}
            results.append(result)
        return results

    return until_still(work)


def _unmerge(
    tenant: Tenant, by: Actor, merge_id: uuid.UUID, answers: Mapping[str, str], default: str | None
) -> UnmergeResult:
    tree = lock_tree(tenant, merge_id)
    rows = row_edits(tree)
    preview = preview_of(tree, rows)
    answered = decided(preview, rows, answers, default)
    fields = {path: answered[edit.key] for edit in preview.edits if (path := path_of(edit.key))}
    events = _given_events(rows, answered)
    fields[ACTIVITY] = Answer.REVERT if events else Answer.KEEP
    fields[STATUS] = answered.get(STATUS, Answer.REVERT)
    played = replay(tree, lambda path: fields.get(path) == Answer.KEEP)
    given = {path: edit[1] for path, edit in played.edits.items() if fields[path] == Answer.GIVE}
    before = values_of(tree.survivor)
    now = timezone.now()
    back = restore_rows(tree, rows, answered)
    write_survivors(tree, played, now)
    reopen(tree, given, now)
    if fields[STATUS] == Answer.GIVE:
        take_standing_of(tree.loser, played)
    hand_on_activity(tree, events)
    rewrite_groups(tree, played)
    if any(answered[edit.key] != Answer.REVERT for edit in preview.questions):
        keep_primary_addresses(tree)
    _end(tree.merge, by, now)
    _audit(tree, before, given, by)
    for label in back:
        audit.record(
            verb=f"{label._meta.model_name}.put_back", obj=label, by=by, changes={"name": [None, str(label)]}
        )
    for listener in after_unmerge:
        listener([tree.merge], by)
    return UnmergeResult(tree.merge, tree.survivor, tree.loser, answered)


def _given_events(rows: Sequence[RowEdit], answered: Mapping[str, Answer]) -> list[uuid.UUID]:
    return [
        pk
        for edit in rows
        if edit.relation.model is CustomerEvent and answered[edit.key] == Answer.GIVE
        for pk in edit.ids
    ]


def _end(merge: Merge, by: Actor, now: datetime) -> None:
    merge.status = MergeStatus.UNDONE
    merge.undone_at, merge.undone_by, merge.updated_by = now, str(by), str(by)
    merge.save(update_fields=["status", "undone_at", "undone_by", "updated_by", "updated_at"])


def _audit(tree: Tree, before: Mapping[str, Any], given: Mapping[str, Any], by: Actor) -> None:
    survivor, loser = tree.survivor, tree.loser
    changes: dict[str, list[Any]] = {
        path: [before.get(path), None if value is GONE else value]
        for path, value in differences(before, values_of(survivor)).items()
    }
    audit.record(
        verb="profile.unmerge",
        obj=survivor,
        by=by,
        changes={**changes, "merged": [[str(loser.pk)], None]},
    )
    out = {path: [None, None if value is GONE else value] for path, value in given.items()}
    audit.record(
        verb="profile.come_out",
        obj=loser,
        by=by,
        changes={
            **out,
            "status": ["MERGED", loser.status],
            "merged_into": [str(tree.merge.winner_id), None],
        },
    )


def merge_of(loser: Profile) -> Merge | None:
    """Return the merge by which a customer is another one now."""
    found: Merge | None = Merge.objects.filter(loser=loser, status=MergeStatus.ACTIVE).first()
    return found
