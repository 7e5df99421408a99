"""What is to become of each edit, from what people said of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext

from cdp.errors import Invalid
from unify.merging.choices import Answer
from unify.merging.errors import EditedSince
from unify.merging.previews import UnmergePreview
from unify.merging.row_edits import RowEdit


def decided(
    preview: UnmergePreview, rows: Sequence[RowEdit], answers: Mapping[str, str], default: str | None
) -> dict[str, Answer]:
    """Return an answer for every edit; raises Invalid for one that is none, EditedSince when some lack."""
    _check(preview, answers, default)
    found = {edit.key: edit.quietly for edit in rows if edit.quietly is not None}
    if default == Answer.REVERT:
        found |= {edit.key: Answer.REVERT for edit in rows if edit.is_over}
    for edit in preview.edits:
        said = answers.get(edit.key)
        if said is not None:
            found[edit.key] = Answer(said)
        elif edit.needs_answer and default is not None:
            wanted = Answer(default)
            found[edit.key] = wanted if wanted in edit.options else Answer.KEEP
    unanswered = [edit for edit in preview.edits if edit.key not in found]
    if unanswered:
        raise EditedSince(unanswered, merge_id=preview.merge_id)
    return found


def _check(preview: UnmergePreview, answers: Mapping[str, str], default: str | None) -> None:
    options = {edit.key: edit.options for edit in preview.edits}
    wrong: dict[str, list[str]] = {}
    for key, answer in answers.items():
        if key not in options:
            wrong[f"answers.{key[:100]}"] = [gettext("Nothing of this name was changed after the merge.")]
        elif answer not in options[key]:
            wrong[f"answers.{key[:100]}"] = [_one_of(options[key])]
    if default is not None and default not in Answer.values:
        wrong["default"] = [_one_of(Answer.values)]
    if wrong:
        raise Invalid(gettext("See errors for each field."), fields=wrong)


def _one_of(options: Iterable[str]) -> str:
    return gettext("Answer one of: %(options)s.") % {"options": ", ".join(options)}
