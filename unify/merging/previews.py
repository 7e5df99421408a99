"""What a merge or its undoing would do."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from profiles.models import Profile
from unify.merging.choices import Answer, EditKind
from unify.models import Merge


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """One field: what each customer says, what is kept, whose it is, and by which rule."""

    name: str  # as on the wire: firstName, address.city, attributes.vip
    values: Mapping[uuid.UUID, Any]
    chosen: Any
    chosen_from: uuid.UUID | None  # None: typed by hand, or computed
    rule: str
    differs: bool
    # Who said each value, from which source and when, as the merge would write it down.
    said: Mapping[uuid.UUID, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What merging would give: fields, how many rows of each relation move, and what to think about."""

    winner_id: uuid.UUID
    loser_ids: tuple[uuid.UUID, ...]
    fields: tuple[FieldChoice, ...]
    moved: Mapping[str, int]  # label of the relation -> rows
    warnings: tuple[str, ...] = ()
    versions: Mapping[uuid.UUID, int] = field(default_factory=dict)

    @property
    def conflicts(self) -> tuple[FieldChoice, ...]:
        """Return the fields the customers differ about."""
        return tuple(choice for choice in self.fields if choice.differs)


@dataclass(frozen=True, slots=True)
class Edit:
    """Something changed after the merge; ``key`` is what ``answers`` call it."""

    key: str
    kind: EditKind
    label: str
    before: Any  # as the merge left it
    now: Any
    options: tuple[Answer, ...]
    needs_answer: bool = True


@dataclass(frozen=True, slots=True)
class UnmergePreview:
    """Who would come out, what goes along, and what was edited since."""

    merge_id: uuid.UUID
    winner_id: uuid.UUID
    loser_id: uuid.UUID
    moved: Mapping[str, int]
    edits: tuple[Edit, ...] = ()

    @property
    def questions(self) -> tuple[Edit, ...]:
        """Return the edits that must be answered."""
        return tuple(edit for edit in self.edits if edit.needs_answer)


@dataclass(frozen=True, slots=True)
class UnmergeResult:
    """The merge, now undone, with both customers, and what became of each edit."""

    merge: Merge
    winner: Profile
    loser: Profile
    answered: Mapping[str, Answer] = field(default_factory=dict)
