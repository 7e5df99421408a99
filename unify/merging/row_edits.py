"""What was done after a merge to the rows it brought together."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import models
from pydantic.alias_generators import to_camel

from unify.merging.choices import Answer, EditKind
from unify.merging.images import Image, is_same, is_whole, lock_targets, read_images, targets
from unify.merging.labels import lost_labels
from unify.merging.moving import ids_since
from unify.merging.previews import Edit
from unify.merging.relations import Relation, moving_relations
from unify.merging.tree import Tree
from unify.registries import Editable

_HIDDEN = frozenset({"id", "tenant_id", "record_hash"})


@dataclass(frozen=True, slots=True)
class RowEdit:
    """A row, or the many of a relation that only grows, that changed, went or came after the merge."""

    relation: Relation
    kind: EditKind
    ids: tuple[uuid.UUID, ...]
    image: Image | None  # as the merge left it
    now: Image | None
    is_losers: bool
    options: tuple[Answer, ...]
    # Nobody need be asked: what is done unless somebody says otherwise.
    quietly: Answer | None = None
    # What was deleted for good, the row pointed to, and comes back with it: (table, image).
    labels: tuple[tuple[str, Image], ...] = ()
    # What a row is called whose label is itself a row, as the merge knew it.
    called: str = ""

    @property
    def is_over(self) -> bool:
        """Tell whether the row was added after the merge and is no more: nothing is there to ask about."""
        return self.kind == EditKind.ADDED and self.relation.is_editable and self.now is None

    @property
    def key(self) -> str:
        return f"{self.relation.name}:{self.ids[0]}" if self.relation.is_editable else self.relation.name


def row_edits(tree: Tree) -> list[RowEdit]:
    """Return what happened to the rows of every relation since the merge."""
    found: list[RowEdit] = []
    for relation in moving_relations():
        found += _edits(tree, relation) if relation.is_editable else _growth(tree, relation)
    return found


def _edits(tree: Tree, relation: Relation) -> Iterator[RowEdit]:
    lost, kept = tree.lost_images(relation), tree.kept_images(relation)
    ids = [image["id"] for image in (*lost, *kept)]
    now = {row["id"]: row for row in read_images(relation, owners=tree.nodes, ids=ids)}
    known = tree.known_ids(relation)
    nodes = {str(node) for node in tree.nodes}
    added = [row for key, row in now.items() if key not in known and row[relation.column] in nodes]
    removed = [(image, image in lost) for image in (*lost, *kept) if image["id"] not in now]
    there = lock_targets([(relation, image) for image, _ in removed])
    replaced = _replacements(relation, [image for image, _ in removed], added)
    both, every = (Answer.KEEP, Answer.REVERT), tuple(Answer)
    for image, is_losers in removed:
        quietly = Answer.REVERT if image["id"] in replaced else None
        edit = RowEdit(relation, EditKind.REMOVED, _id(image), image, None, is_losers, both, quietly)
        yield edit if is_whole(relation, image, there) else _without_label(tree, edit, there)
    for image in (*lost, *kept):
        row = now.get(image["id"])
        if row is not None and not is_same(relation, image, row):
            yield RowEdit(relation, EditKind.CHANGED, _id(image), image, row, image in lost, both)
    for row in added:
        quietly = Answer.REVERT if row["id"] in replaced.values() else None
        yield RowEdit(relation, EditKind.ADDED, _id(row), None, row, False, every, quietly)
    for key, row in tree.later_images(relation).items():
        if key not in known and key not in now:
            # Added, and removed again after a later merge: who takes that one back would be asked about it.
            yield RowEdit(relation, EditKind.ADDED, _id(row), None, None, False, both, Answer.KEEP)


def _without_label(tree: Tree, edit: RowEdit, there: Mapping[str, Collection[str]]) -> RowEdit:
    """Return the edit of a row whose tag was deleted: it comes back too, unless its name is taken."""
    image = edit.image or {}
    labels = lost_labels(edit.relation, image, there, tree.labels)
    edit = replace(edit, called=_called(tree, edit.relation, image))
    if labels is None:
        return replace(edit, options=(Answer.KEEP,), quietly=Answer.KEEP)
    return replace(edit, labels=tuple(labels))


def _called(tree: Tree, relation: Relation, image: Image) -> str:
    rule = relation.rule
    value = str(image.get(rule.label)) if isinstance(rule, Editable) else ""
    known = (row for rows in tree.labels.values() for row in rows)
    return next((str(row.get("name") or "") for row in known if row["id"] == value), "")


def _id(image: Image) -> tuple[uuid.UUID]:
    return (uuid.UUID(image["id"]),)


def _replacements(relation: Relation, removed: Sequence[Image], added: Sequence[Image]) -> dict[str, str]:
    """Return {removed row: added row} where one was only written anew: nobody has edited anything."""
    own = {
        str(field.column)
        for field in relation.model._meta.concrete_fields
        if field.primary_key or getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    } | {relation.column}
    free = list(added)
    found: dict[str, str] = {}
    for image in removed:
        twin = next((row for row in free if all(row[c] == image[c] for c in image if c not in own)), None)
        if twin is not None:
            free.remove(twin)
            found[image["id"]] = twin["id"]
    return found


def _growth(tree: Tree, relation: Relation) -> Iterator[RowEdit]:
    """Tell of rows that came after the merge where rows are only ever added: they stay unless given away."""
    ids: list[uuid.UUID] = []
    for level in tree.levels:
        brought = [pk for merge in (level.entry, *level.beside()) for pk in tree.moved(merge, relation).ids]
        since: datetime = level.affected[0].created_at
        ids += ids_since(relation, owner=level.profile.pk, since=since, without=brought)
    if ids:
        options = (Answer.KEEP, Answer.GIVE)
        yield RowEdit(relation, EditKind.ADDED, tuple(ids), None, None, False, options, Answer.KEEP)


def shown(edits: Sequence[RowEdit]) -> list[Edit]:
    """Return the edits as people and programs see them."""
    names = _names(edits)
    return [
        Edit(
            key=edit.key,
            kind=edit.kind,
            label=_label(edit, names),
            before=_shown(edit.relation, edit.image),
            now=_shown(edit.relation, edit.now),
            options=edit.options,
            needs_answer=edit.quietly is None,
        )
        for edit in edits
        if edit.quietly != Answer.REVERT and not edit.is_over
    ]


def _label(edit: RowEdit, names: dict[str, str]) -> str:
    rule, row = edit.relation.rule, edit.image or edit.now
    if row is None or not isinstance(rule, Editable):
        return f"{len(edit.ids)} {edit.relation.label}"
    value = edit.called or str(row.get(rule.label) or "")
    return names.get(value, value)


def _names(edits: Sequence[RowEdit]) -> dict[str, str]:
    """Return what rows are called whose label is itself a row: tags and segments."""
    names: dict[str, str] = {}
    for relation in {edit.relation for edit in edits}:
        rule = relation.rule
        if isinstance(rule, Editable) and rule.label in targets(relation):
            field: Any = next(f for f in relation.model._meta.concrete_fields if f.column == rule.label)
            target: type[models.Model] = field.related_model
            ids = {row[rule.label] for e in edits if e.relation == relation and (row := e.image or e.now)}
            found = target._default_manager.filter(pk__in=ids)
            names |= {str(row.pk): str(row) for row in found}
    return names


def _shown(relation: Relation, image: Image | None) -> Any:
    if image is None:
        return None
    hidden = _HIDDEN | {relation.column}
    return {to_camel(name): value for name, value in image.items() if name not in hidden}
