"""What taking a merge back would do."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from cdp.models import Tenant
from unify.merging.choices import Answer, EditKind
from unify.merging.locking import until_still
from unify.merging.previews import Edit, UnmergePreview
from unify.merging.relations import moving_relations
from unify.merging.replaying import STATUS, Replay, replay
from unify.merging.row_edits import RowEdit, row_edits, shown
from unify.merging.tree import Tree, load_tree
from unify.merging.values import GONE, in_order, wire_name


def preview_unmerge(*, tenant: Tenant, merge_id: uuid.UUID) -> UnmergePreview:
    """Return who would come out, what goes along, and what was edited since; writes nothing.

    Raises MergeNotFound, NotActive.
    """

    def look() -> UnmergePreview:
        tree = load_tree(merge_id)
        return preview_of(tree, row_edits(tree))

    return until_still(look)


def preview_of(tree: Tree, rows: list[RowEdit]) -> UnmergePreview:
    """Return the preview of what has been read already."""
    moved = {
        relation.name: len(tree.moved(tree.merge, relation).ids)
        for relation in moving_relations()
        if tree.moved(tree.merge, relation).ids
    }
    return UnmergePreview(
        merge_id=tree.merge.pk,
        winner_id=tree.survivor.pk,
        loser_id=tree.merge.loser_id,
        moved=moved,
        edits=(*_field_edits(tree), *shown(rows)),
    )


def _standing(played: Replay) -> Iterator[Edit]:
    """Yield that the survivor was deactivated since, or made active again."""
    if played.standing is None:
        return
    before, now = (state.status for state in played.standing)
    if before != now:
        yield Edit(STATUS, EditKind.FIELD, STATUS, before, now, tuple(Answer))


def _field_edits(tree: Tree) -> list[Edit]:
    played = replay(tree, lambda path: True)
    edits = played.edits
    return [*_standing(played)] + [
        Edit(
            key=wire_name(path),
            kind=EditKind.FIELD,
            label=wire_name(path),
            before=edits[path][0],
            now=None if edits[path][1] is GONE else edits[path][1],
            options=tuple(Answer),
        )
        for path in in_order(edits)
    ]
