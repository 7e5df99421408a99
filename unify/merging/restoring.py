"""Putting rows back: edits as they were answered, then every row to the customer it came from."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from django.db import models

from cdp.errors import Conflict
from unify.merging.choices import Answer, EditKind
from unify.merging.images import Image, insert_images, read_images, update_images
from unify.merging.labels import put_back
from unify.merging.moving import delete_rows, freed_rows, move_rows
from unify.merging.relations import Relation, moving_relations
from unify.merging.row_edits import RowEdit
from unify.merging.tree import Tree
from unify.models import Merge, MergedRows, MergeGroup


class RowTaken(Conflict):
    """A row that was removed after the merge cannot come back: its place is taken."""

    slug = "row-taken"
    title = "Something else has taken its place"

    def __init__(self, key: str) -> None:
        message = "Something else has its place by now: answer keep for it, or revert what has."
        super().__init__(message, fields={key: [message]})


def restore_rows(tree: Tree, edits: Sequence[RowEdit], answers: Mapping[str, Answer]) -> list[models.Model]:
    """Take back, keep or give away what the answers say of each edit, and give the loser its rows.

    Returns the tags and segments that came back with their rows.
    """
    back: list[models.Model] = []
    for relation in moving_relations():
        own = [edit for edit in edits if edit.relation == relation]
        back += _put_labels_back(tree, relation, [e for e in own if answers[e.key] == Answer.REVERT])
        _Restoring(tree, relation).run(own, answers)
    _save(tree)
    return back


def _put_labels_back(tree: Tree, relation: Relation, reverted: Sequence[RowEdit]) -> list[models.Model]:
    lost = [label for edit in reverted for label in edit.labels]
    for group in tree.later_groups():
        for table, image in lost:
            known = group.targets.setdefault(table, [])
            known[:] = _with(known, {image["id"]: image})
    return put_back(relation, lost) if lost else []


class _Restoring:
    """One relation on its way back."""

    def __init__(self, tree: Tree, relation: Relation) -> None:
        self.tree, self.relation = tree, relation
        self.loser_id = tree.merge.loser_id

    def run(self, edits: Sequence[RowEdit], answers: Mapping[str, Answer]) -> None:
        reverted = [edit for edit in edits if answers[edit.key] == Answer.REVERT]
        given = [edit for edit in edits if answers[edit.key] == Answer.GIVE]
        self._remove([edit for edit in reverted if edit.kind == EditKind.ADDED])
        self._give([pk for edit in given for pk in edit.ids])
        self._bring_back([edit for edit in reverted if edit.kind == EditKind.REMOVED])
        self._change_back([edit for edit in reverted if edit.kind == EditKind.CHANGED])
        self._release()

    def _remove(self, added: Sequence[RowEdit]) -> None:
        ids = [pk for edit in added for pk in edit.ids]
        if ids:
            waiting = self._waiting(ids)
            delete_rows(self.relation, ids)
            self._forget(ids)
            self._move_up(waiting)

    def _give(self, ids: Sequence[uuid.UUID]) -> None:
        if ids:
            given = move_rows(self.relation, from_ids=self.tree.nodes, to_id=self.loser_id, only=ids)
            # Whoever comes out has the same already: then all that is left of giving is giving away.
            waiting = self._waiting(ids)
            if self.relation.is_editable:
                delete_rows(self.relation, set(ids) - set(given))
            self._forget(ids)
            self._move_up(waiting)

    def _bring_back(self, removed: Sequence[RowEdit]) -> None:
        """Insert the loser's rows as the loser's, the winner's where the winner's other rows are."""
        for is_losers, owner in ((True, self.loser_id), (False, self.tree.nodes[0])):
            images = [edit.image for edit in removed if edit.image and edit.is_losers == is_losers]
            if not images:
                continue
            if not is_losers:
                self._make_room(images)
            back = insert_images(self.relation, images, owner=owner)
            lost = [edit for edit in removed if edit.is_losers == is_losers and edit.ids[0] not in back]
            if lost:
                raise RowTaken(lost[0].key)
            if not is_losers:
                self._remember(images)
                self._lift(back, height=0)

    def _change_back(self, changed: Sequence[RowEdit]) -> None:
        images = [edit.image for edit in changed if edit.image]
        if images:
            update_images(self.relation, images)
            self._remember([edit.image for edit in changed if edit.image and not edit.is_losers])

    def _release(self) -> None:
        moved = self.tree.moved(self.tree.merge, self.relation)
        if moved.ids:
            freed = move_rows(self.relation, from_ids=self.tree.nodes, to_id=self.loser_id, only=moved.ids)
            self._forget([*moved.ids, *_ids(moved.images)])
            self._move_up(self._waiting(freed))

    def _make_room(self, images: Sequence[Image]) -> None:
        """Let rows wait at their owners that could only come in because these were removed."""
        level = self.tree.levels[0]
        for merge in level.later_merges():
            rows = self.tree.moved(merge, self.relation)
            back = [
                uuid.UUID(row["id"])
                for row in read_images(self.relation, ids=rows.ids)
                if any(_clash(self.relation, image, row) for image in images)
            ]
            back = move_rows(self.relation, from_ids=[level.profile.pk], to_id=merge.loser_id, only=back)
            rows.ids = [pk for pk in rows.ids if pk not in set(back)]

    def _waiting(self, freed: Sequence[uuid.UUID]) -> list[tuple[int, Merge, list[uuid.UUID]]]:
        """Return rows of others that stayed behind only because of these, with the merge that left them."""
        return [
            (height, merge, waiting)
            for height, level in enumerate(self.tree.levels)
            for merge in ([level.entry, *level.later_merges()] if height else level.later_merges())
            if (waiting := freed_rows(self.relation, from_id=merge.loser_id, freed=freed))
        ]

    def _move_up(self, waiting: Sequence[tuple[int, Merge, list[uuid.UUID]]]) -> None:
        for height, merge, ids in waiting:
            to_id = merge.winner_id
            up = move_rows(self.relation, from_ids=[merge.loser_id], to_id=to_id, only=ids)
            self.tree.moved(merge, self.relation).ids += up
            self._lift(up, height=height)

    def _lift(self, ids: Sequence[uuid.UUID], *, height: int) -> None:
        """Carry rows of a customer that was itself merged on to its survivor."""
        for below, carrier in zip(self.tree.nodes[height:], self.tree.carriers[height:], strict=False):
            if ids:
                ids = move_rows(self.relation, from_ids=[below], to_id=carrier.winner_id, only=ids)
                self.tree.moved(carrier, self.relation).ids += ids

    def _forget(self, ids: Iterable[uuid.UUID]) -> None:
        """Strike rows out of what later decisions know of the survivor."""
        gone = {str(pk) for pk in ids}
        for group in self.tree.later_groups():
            self._rewrite(group, lambda images: [image for image in images if image["id"] not in gone])
        for carrier in self.tree.carriers:
            rows = self.tree.moved(carrier, self.relation)
            rows.ids = [pk for pk in rows.ids if str(pk) not in gone]
            rows.images = [image for image in rows.images if image["id"] not in gone]

    def _remember(self, images: Sequence[Image]) -> None:
        """Let later decisions know rows as they are again."""
        fresh = {image["id"]: image for image in images}
        for group in self.tree.later_groups():
            self._rewrite(group, lambda known: _with(known, fresh))
        for carrier in self.tree.carriers:
            rows = self.tree.moved(carrier, self.relation)
            rows.images = _with(rows.images, fresh)

    def _rewrite(self, group: MergeGroup, change: Callable[[list[Image]], list[Image]]) -> None:
        group.images[self.relation.key] = change(group.images.get(self.relation.key, []))


def _with(known: Sequence[Image], fresh: Mapping[str, Image]) -> list[Image]:
    return [image for image in known if image["id"] not in fresh] + list(fresh.values())


def _clash(relation: Relation, one: Image, other: Image) -> bool:
    return any(
        all(one[column] == other[column] and not (is_distinct and one[column] is None) for column in columns)
        for columns, is_distinct in relation.uniques
    )


def _ids(images: Collection[Image]) -> list[uuid.UUID]:
    return [uuid.UUID(image["id"]) for image in images]


def _save(tree: Tree) -> None:
    own = [rows for rows in tree.rows.values() if rows.merge_id == tree.merge.pk and not rows._state.adding]
    MergedRows.objects.filter(pk__in=[rows.pk for rows in own]).delete()
    others = [rows for rows in tree.rows.values() if rows.merge_id != tree.merge.pk]
    new = [rows for rows in others if rows._state.adding and (rows.ids or rows.images)]
    MergedRows.objects.bulk_create(new)
    MergedRows.objects.bulk_update(
        [rows for rows in others if not rows._state.adding], ["ids", "images"], batch_size=100
    )
