"""Searches for duplicates: what they found, how far one is, starting and cancelling."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from cdp.errors import DomainError, NotFound
from cdp.permissions import UNIFY_MERGE
from cdp.views.pages import PageRequest, actor_of, needs, render_page, render_part, wants_part
from unify.choices import RunKind
from unify.finding.policy import REASONS
from unify.finding.runs import ACTIVE
from unify.models import MatchRun
from unify.operations.cancel_run import cancel_run
from unify.operations.start_run import start_run
from unify.views.review.day import day_of
from unify.words import obstacle_words

ON_PAGE = 25
# What a person may start here; training and trials are started where the model is.
STARTABLE = {RunKind.INCREMENTAL: RunKind.INCREMENTAL, RunKind.DEEP: RunKind.DEEP}
COUNTS = (
    ("records", gettext_lazy("customers compared")),
    ("changed", gettext_lazy("changed")),
    ("pairs", gettext_lazy("pairs looked at")),
    ("candidates", gettext_lazy("possible duplicates")),
    ("clusters", gettext_lazy("groups")),
    ("merged", gettext_lazy("merged")),
    ("left_to_people", gettext_lazy("groups left to people")),
    ("queued", gettext_lazy("waiting for a person")),
    ("withdrawn", gettext_lazy("no longer alike")),
)
STEPS = {
    "records": gettext_lazy("reading the customers"),
    "load": gettext_lazy("reading what is known of them"),
    "compare": gettext_lazy("comparing"),
    "store": gettext_lazy("writing down what is alike"),
    "cluster": gettext_lazy("looking for groups"),
    "merge": gettext_lazy("merging what is sure"),
    "train": gettext_lazy("learning the weights"),
}


@dataclass(frozen=True, slots=True)
class ShownRun:
    """One search with its numbers in words."""

    run: MatchRun
    counts: Sequence[tuple[str, str]]
    who: str
    seconds: float | None
    is_active: bool
    # Why groups that looked sure were not merged: how many, in words.
    reasons: Sequence[tuple[int, str]] = ()
    step: str = ""


@require_safe
@needs(UNIFY_MERGE)
def runs(request: PageRequest) -> HttpResponse:
    """Show what is at work, and what was found before."""
    page = Paginator(MatchRun.objects.all(), ON_PAGE).get_page(request.GET.get("page"))
    context = {
        "part": "runs",
        "current": active_run(),
        "page": page,
        "rows": [shown(run) for run in page if run.state not in ACTIVE],
        "day": day_of(request.membership.tenant, actor_of(request)),
    }
    return render_page(request, "unify/runs/list.html", context, title=_("Looking for duplicates"))


@require_safe
@needs(UNIFY_MERGE)
def progress(request: PageRequest) -> HttpResponse:
    """Show how far the search is; when it has ended, the page loads anew."""
    current = active_run()
    if not wants_part(request):
        return HttpResponseRedirect(reverse("match-runs"))
    if current is None:
        return HttpResponseClientRefresh()
    return render_part(request, "unify/runs/_current.html", {"current": current})


@require_POST
@needs(UNIFY_MERGE)
def start(request: PageRequest) -> HttpResponse:
    """Have a worker look for duplicates."""
    kind = STARTABLE.get(request.POST.get("kind", ""), RunKind.INCREMENTAL)  # type: ignore[call-overload]
    try:
        start_run(tenant=request.membership.tenant, by=actor_of(request), kind=kind)
    except DomainError as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, _("The search has started. You can leave this page."))
    return HttpResponseRedirect(reverse("match-runs"))


@require_POST
@needs(UNIFY_MERGE)
def cancel(request: PageRequest, match_run_id: uuid.UUID) -> HttpResponse:
    """Give a search up."""
    try:
        cancel_run(tenant=request.membership.tenant, by=actor_of(request), run_id=match_run_id)
    except NotFound:
        raise
    except DomainError as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, _("Cancelled. What was merged so far stays merged."))
    return HttpResponseRedirect(reverse("match-runs"))


def shown(run: MatchRun) -> ShownRun:
    """Return a run as lists show it."""
    took = (run.finished_at - run.started_at).total_seconds() if run.finished_at and run.started_at else None
    return ShownRun(
        run=run,
        counts=_counts(run.counts),
        who=_who(run.ordered_by),
        seconds=took,
        is_active=run.state in ACTIVE,
        reasons=obstacle_words(run.counts.get(REASONS, {})),
        step=str(STEPS.get(run.step, run.step)),
    )


def active_run() -> ShownRun | None:
    """Return the run that waits or works."""
    run = MatchRun.objects.filter(state__in=ACTIVE).first()
    return shown(run) if run else None


def _counts(counts: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (intcomma(counts[name]), str(label))
        for name, label in COUNTS
        if isinstance(counts.get(name), int) and (counts[name] or name in {"candidates", "merged", "queued"})
    ]


def _who(ordered_by: Mapping[str, Any]) -> str:
    if ordered_by.get("kind") == "system":
        return _("by itself")
    return str(ordered_by.get("label", ""))
