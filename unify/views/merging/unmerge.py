"""Taking a merge back: what goes where, what was changed since, and what came of it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from cdp.errors import DomainError, NotFound
from cdp.permissions import UNIFY_MERGE
from cdp.views.pages import PageRequest, actor_of, needs, render_page
from profiles.models import Profile
from unify.fields import label_of, value_in_words
from unify.merging.choices import Answer, EditKind
from unify.merging.errors import EditedSince, MergeNotFound
from unify.merging.previews import Edit
from unify.merging.relations import moving_relations
from unify.models import Candidate, Merge
from unify.operations.preview_unmerge import preview_unmerge
from unify.operations.unmerge import unmerge
from unify.views.review.people import name_of

PREFIX = "answer-"
ANSWERS = {
    Answer.KEEP: gettext_lazy("stays with the survivor"),
    Answer.REVERT: gettext_lazy("is undone"),
    Answer.GIVE: gettext_lazy("goes to the one who comes out"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One change since the merge, in words, and what may become of it."""

    key: str
    label: str
    kind: str
    before: str
    now: str
    options: Sequence[tuple[str, str, bool]]
    needs_answer: bool


@require_http_methods(["GET", "HEAD", "POST"])
@needs(UNIFY_MERGE)
def merge_page(request: PageRequest, merge_id: uuid.UUID) -> HttpResponse:
    """Show what taking the merge back would do, do it, or show what came of it."""
    merge = Merge.objects.select_related("winner", "loser").filter(pk=merge_id).first()
    if merge is None:
        raise MergeNotFound
    if not merge.is_active:
        return _result(request, merge)
    if request.method != "POST":
        return _page(request, merge, QueryDict())
    try:
        unmerge(
            tenant=request.membership.tenant,
            by=actor_of(request),
            merge_id=merge_id,
            answers=_answers(request.POST),
        )
    except NotFound:
        raise
    except DomainError as error:
        return _page(request, merge, request.POST, error=error)
    messages.success(request, _("The merge is taken back."))
    return HttpResponseRedirect(reverse("merge", args=[merge_id]))


def ask_first(request: PageRequest, error: EditedSince) -> HttpResponseRedirect:
    """Lead whoever wants to take a merge back to its page, which asks what becomes of the changes since."""
    messages.warning(request, error.detail)
    return HttpResponseRedirect(reverse("merge", args=[error.merge_id]))


def _answers(data: QueryDict) -> dict[str, str]:
    return {name.removeprefix(PREFIX): data.get(name, "") for name in data if name.startswith(PREFIX)}


def _page(
    request: PageRequest, merge: Merge, data: QueryDict, *, error: DomainError | None = None
) -> HttpResponse:
    region = request.membership.tenant.region
    plan = preview_unmerge(tenant=request.membership.tenant, merge_id=merge.pk)
    labels = {relation.name: relation.label for relation in moving_relations()}
    people = Profile.objects.in_bulk([plan.winner_id, plan.loser_id])
    context: dict[str, Any] = {
        "merge": merge,
        "survivor": people[plan.winner_id],
        "loser": people[plan.loser_id],
        "who": name_of(merge.merged_by),
        "contradicts": _contradicts(merge),
        "moved": [(labels.get(name, name), number) for name, number in plan.moved.items()],
        "questions": [_question(edit, _answers(data), region) for edit in plan.edits],
        "error": error,
    }
    status = error.status if error else 200
    return render_page(
        request, "unify/merging/unmerge.html", context, title=_("Take a merge back"), status=status
    )


def _contradicts(merge: Merge) -> bool:
    """Tell whether something spoke against the pairs the merge was decided by."""
    low, high = sorted((merge.winner_id, merge.loser_id))
    pair = Candidate.objects.filter(low=low, high=high).only("conflicts").first()
    return pair is not None and bool(pair.conflicts)


def _result(request: PageRequest, merge: Merge) -> HttpResponse:
    context = {
        "merge": merge,
        "survivor": merge.winner,
        "loser": merge.loser,
        "who": name_of(merge.undone_by),
    }
    return render_page(request, "unify/merging/undone.html", context, title=_("Taken back"))


def _question(edit: Edit, answers: Mapping[str, str], region: str) -> Question:
    is_field = edit.kind == EditKind.FIELD
    chosen = answers.get(edit.key) or (Answer.KEEP if Answer.KEEP in edit.options else edit.options[0])
    return Question(
        key=edit.key,
        label=label_of(edit.label) if is_field else edit.label,
        kind=str(EditKind(edit.kind).label),
        before=value_in_words(edit.label, edit.before, region) if is_field else "",
        now=value_in_words(edit.label, edit.now, region) if is_field else "",
        options=[(str(one), str(ANSWERS[one]), str(one) == chosen) for one in edit.options],
        needs_answer=edit.needs_answer,
    )
