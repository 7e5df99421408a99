"""A merge among the others: from the customer it went into up to the one that stands for all today."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from profiles.models import Profile
from unify.merging.choices import MergeStatus
from unify.merging.errors import MergeErased, MergeNotFound, NotActive
from unify.merging.images import Image
from unify.merging.locking import Moved
from unify.merging.relations import Relation
from unify.models import Merge, MergedRows, MergeGroup


@dataclass(slots=True)
class Level:
    """A customer on the way up, and the decisions about it; those from ``start`` on depend on the merge."""

    profile: Profile
    groups: list[MergeGroup]
    merges: dict[uuid.UUID, list[Merge]]  # by group, those that hold, in their order
    start: int
    # The merge by which what is below came here; on the first level, the one to be taken back.
    entry: Merge

    @property
    def affected(self) -> Sequence[MergeGroup]:
        return self.groups[self.start :]

    def later_merges(self) -> Iterator[Merge]:
        """Yield the merges into this customer after the entry, in their order."""
        for group in self.affected:
            for merge in self.merges[group.pk]:
                if group.pk != self.entry.group_id or merge.pk > self.entry.pk:
                    yield merge

    def beside(self) -> Iterator[Merge]:
        """Yield the merges of the affected decisions, the entry left out."""
        for group in self.affected:
            yield from (merge for merge in self.merges[group.pk] if merge.pk != self.entry.pk)


@dataclass(slots=True)
class Tree:
    """Everything there is to know for taking one merge back."""

    merge: Merge
    loser: Profile
    levels: list[Level]
    rows: dict[tuple[uuid.UUID, str], MergedRows] = field(default_factory=dict)

    @property
    def nodes(self) -> list[uuid.UUID]:
        return [level.profile.pk for level in self.levels]

    @property
    def survivor(self) -> Profile:
        return self.levels[-1].profile

    @property
    def carriers(self) -> list[Merge]:
        """Return the merges that carried what is below further up."""
        return [level.entry for level in self.levels[1:]]

    def moved(self, merge: Merge, relation: Relation) -> MergedRows:
        """Return what the merge moved of the relation; an empty, unsaved one when that was nothing."""
        key = (merge.pk, relation.key)
        if key not in self.rows:
            self.rows[key] = MergedRows(merge=merge, relation=relation.key, ids=[], images=[])
        return self.rows[key]

    def lost_images(self, relation: Relation) -> list[Image]:
        """Return the loser's rows as they were."""
        images: list[Image] = self.moved(self.merge, relation).images
        return images

    def kept_images(self, relation: Relation) -> list[Image]:
        """Return the winner's own rows as they were."""
        images: list[Image] = self.levels[0].affected[0].images.get(relation.key, [])
        return images

    @property
    def labels(self) -> dict[str, list[Image]]:
        """Return what the rows of winner and losers pointed to when they met: {table: rows}."""
        known: dict[str, list[Image]] = self.levels[0].affected[0].targets
        return known

    def known_ids(self, relation: Relation) -> set[str]:
        """Return the rows that were somebody's before they met: all others were added after the merge."""
        images = [*self.lost_images(relation), *self.kept_images(relation)]
        for height, level in enumerate(self.levels):
            if height:
                images += level.affected[0].images.get(relation.key, [])
            for merge in level.beside():
                images += self.moved(merge, relation).images
        return {str(image["id"]) for image in images}

    def later_images(self, relation: Relation) -> dict[str, Image]:
        """Return what later decisions knew of the survivor's rows."""
        known = [group.images.get(relation.key, []) for group in self.later_groups()]
        known += [self.moved(carrier, relation).images for carrier in self.carriers]
        return {image["id"]: image for images in known for image in images}

    def later_groups(self) -> Iterator[MergeGroup]:
        """Yield the decisions made after what is below came in."""
        for level in self.levels:
            yield from level.affected[1:]


def load_tree(merge_id: uuid.UUID) -> Tree:
    """Read a merge with all that depends on it; raises MergeNotFound, NotActive, MergeErased."""
    merge = (
        Merge.objects.select_related("group", "loser").defer("loser__search_text").filter(pk=merge_id).first()
    )
    if merge is None:
        raise MergeNotFound
    if not merge.is_active:
        raise NotActive
    if merge.erased_at is not None:
        raise MergeErased
    levels = [_level(merge)]
    while levels[-1].profile.merged_into_id is not None:
        carrier = Merge.objects.select_related("group").filter(
            loser=levels[-1].profile, status=MergeStatus.ACTIVE
        )
        entry = carrier.first()
        if entry is None:
            raise Moved
        levels.append(_level(entry))
    if any(not group.after for level in levels for group in level.affected):
        raise MergeErased
    tree = Tree(merge, merge.loser, levels)
    concerned = [merge.pk, *(other.pk for level in levels for other in (level.entry, *level.beside()))]
    for rows in MergedRows.objects.filter(merge__in=concerned).order_by("pk"):
        tree.rows[rows.merge_id, rows.relation] = rows
    return tree


def _level(entry: Merge) -> Level:
    profile = Profile.objects.defer("search_text").get(pk=entry.winner_id)
    merges: dict[uuid.UUID, list[Merge]] = {}
    active = Merge.objects.filter(winner=profile, status=MergeStatus.ACTIVE).select_related("loser")
    for merge in active.defer("loser__search_text").order_by("pk"):
        merges.setdefault(merge.group_id, []).append(merge)
    groups = list(MergeGroup.objects.filter(pk__in=merges).order_by("position"))
    start = next((index for index, group in enumerate(groups) if group.pk == entry.group_id), None)
    if start is None:
        raise Moved
    return Level(profile, groups, merges, start, entry)
