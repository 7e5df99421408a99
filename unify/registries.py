"""Where apps further up, and the deciding part, add to merging."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from cdp.actors import Actor
from cdp.registries import Registry
from unify.models import Merge

# Called inside the transaction, once what is merged or taken back is written.
MergeListener = Callable[[Sequence[Merge], Actor], None]
after_merge: Registry[MergeListener] = Registry()
after_unmerge: Registry[MergeListener] = Registry()


@dataclass(frozen=True, slots=True)
class Stays:
    """Rows of a relation to customers that a merge leaves where they are, and why that is right."""

    reason: str


@dataclass(frozen=True, slots=True)
class Editable:
    """Rows that people edit: kept as they were at the merge, so that edits can be seen and taken back."""

    label: str  # column people know a row by


# "app.Model.field" -> what a merge does with the relation; any other relation moves row by row.
relation_rules: Registry[Stays | Editable] = Registry()

# Given a customer, the fields whose present value a program worked out and nobody said: no edit, whatever it
# was when the customer was merged.
ComputedFields = Callable[[uuid.UUID], Collection[str]]
computed_fields: Registry[ComputedFields] = Registry()

# Given the ids of customers, the pairs of them who are known to be family: relatives share a surname, a home
# and a phone, so a link is evidence against their being one.
FamilyLinks = Callable[[Sequence[uuid.UUID]], Iterable[tuple[uuid.UUID, uuid.UUID]]]
family_links: Registry[FamilyLinks] = Registry()
