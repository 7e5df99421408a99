"""What merges and their undoing would do, as it is answered."""

from __future__ import annotations

import uuid
from typing import Any, Self

from cdp.api.wire import Outgoing
from unify.api.answers import MergeAnswer
from unify.merging.choices import Answer, EditKind
from unify.merging.previews import Edit, FieldChoice, MergePreview, UnmergePreview, UnmergeResult


class FieldAnswer(Outgoing):
    """One field: what each customer says, what would be kept, whose it is, and by which rule."""

    name: str
    values: dict[str, Any]
    chosen: Any
    chosen_from: uuid.UUID | None
    rule: str
    differs: bool

    @classmethod
    def of(cls, choice: FieldChoice) -> Self:
        """Return the answer for a field."""
        values = {str(pk): value for pk, value in choice.values.items()}
        return cls(
            name=choice.name,
            values=values,
            chosen=choice.chosen,
            chosen_from=choice.chosen_from,
            rule=str(choice.rule),
            differs=choice.differs,
        )


class MergePreviewAnswer(Outgoing):
    """What a merge would give: fields, rows that would move, by relation, and what to think about first.

    ``versions`` are those of the customers it was planned with: a merge that is given them is made as shown.
    """

    winner_id: uuid.UUID
    loser_ids: list[uuid.UUID]
    fields: list[FieldAnswer]
    moved: dict[str, int]
    warnings: list[str]
    versions: dict[uuid.UUID, int]
    needs_second_person: bool

    @classmethod
    def of(cls, preview: MergePreview, *, needs_second_person: bool) -> Self:
        """Return the answer for a preview."""
        return cls(
            winner_id=preview.winner_id,
            loser_ids=list(preview.loser_ids),
            fields=[FieldAnswer.of(choice) for choice in preview.fields],
            moved=dict(preview.moved),
            warnings=list(preview.warnings),
            versions=dict(preview.versions),
            needs_second_person=needs_second_person,
        )


class EditAnswer(Outgoing):
    """Something changed after the merge, and what may become of it; ``key`` is what ``answers`` call it."""

    key: str
    kind: EditKind
    label: str
    before: Any
    now: Any
    options: list[Answer]
    needs_answer: bool

    @classmethod
    def of(cls, edit: Edit) -> Self:
        """Return the answer for an edit."""
        return cls.model_validate(edit)


class UnmergePreviewAnswer(Outgoing):
    """Who would come out, what goes along, by relation, and what was changed since and must be answered."""

    merge_id: uuid.UUID
    winner_id: uuid.UUID
    loser_id: uuid.UUID
    moved: dict[str, int]
    edits: list[EditAnswer]

    @classmethod
    def of(cls, preview: UnmergePreview) -> Self:
        """Return the answer for a preview."""
        return cls(
            merge_id=preview.merge_id,
            winner_id=preview.winner_id,
            loser_id=preview.loser_id,
            moved=dict(preview.moved),
            edits=[EditAnswer.of(edit) for edit in preview.edits],
        )


class UnmergeAnswer(Outgoing):
    """A merge that was taken back, both customers, and what became of each change made since."""

    merge: MergeAnswer
    winner_id: uuid.UUID
    loser_id: uuid.UUID
    answered: dict[str, Answer]

    @classmethod
    def of(cls, result: UnmergeResult) -> Self:
        """Return the answer for an undone merge."""
        return cls(
            merge=MergeAnswer.model_validate(result.merge),
            winner_id=result.winner.pk,
            loser_id=result.loser.pk,
            answered=dict(result.answered),
        )
