"""Merging every clear case from a score on: how many, which, done, taken back."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from cdp.errors import DomainError
from cdp.permissions import UNIFY_MERGE
from cdp.views.pages import PageRequest, actor_of, needs, render_page, render_part, wants_part
from cdp.views.undo import report, sign
from unify.deciding.bulk import clear_cases, get_bulk, merged_by
from unify.finding.current import settings_of
from unify.merging.choices import MergeStatus
from unify.models import BulkDecision, Merge
from unify.operations.accept_many import accept_many, stop_accepting
from unify.views.review.queue import rows_of

SAMPLES = 5
MOST_LISTED = 20
HIGHEST = 100
# Nobody reads a larger number, and counting further takes longer.
MOST_COUNTED = 10_000


@require_http_methods(["GET", "HEAD", "POST"])
@needs(UNIFY_MERGE)
def accept(request: PageRequest) -> HttpResponse:
    """Show how many cases a score would merge, or merge them."""
    if request.method != "POST":
        return _page(request)
    try:
        bulk = accept_many(
            tenant=request.membership.tenant,
            by=actor_of(request),
            least_score=_asked(request, request.POST.get("least_score", "")),
            reason=request.POST.get("reason", "").replace("\x00", ""),
        )
    except DomainError as error:
        return _page(request, error=error)
    if not bulk.is_at_work:
        _tell(request, bulk)
    return HttpResponseRedirect(reverse("review-bulk", args=[bulk.pk]))


@require_safe
@needs(UNIFY_MERGE)
def one(request: PageRequest, bulk_id: uuid.UUID) -> HttpResponse:
    """Show how far an order is, or what came of it."""
    bulk = get_bulk(bulk_id)
    if wants_part(request):
        if not bulk.is_at_work:
            _tell(request, bulk)
            return HttpResponseClientRefresh()
        return render_part(request, "unify/review/_bulk.html", {"bulk": bulk})
    context = {"part": "queue", "bulk": bulk, "merges": _held(bulk)} | _taking_back(request, bulk)
    return render_page(request, "unify/review/bulk.html", context, title=_("Merging many"))


def _held(bulk: BulkDecision) -> list[Merge]:
    """Return the latest of the order's merges that hold; each one's page takes it back alone."""
    groups = merged_by(bulk).order_by().values("merge_group")
    merges = Merge.objects.filter(group__in=groups, status=MergeStatus.ACTIVE)
    return list(merges.select_related("winner", "loser").order_by("-merged_at", "-pk")[:MOST_LISTED])


def _taking_back(request: PageRequest, bulk: BulkDecision) -> dict[str, Any]:
    """Return how many of the order's merges hold, and the token of the button that takes them back."""
    merged = 0 if bulk.is_at_work else merged_by(bulk).count()
    return {"merged": merged, "undo": sign(request, "unify.bulk", {"bulk": str(bulk.pk)}) if merged else ""}


@require_POST
@needs(UNIFY_MERGE)
def stop(request: PageRequest, bulk_id: uuid.UUID) -> HttpResponse:
    """Merge no more of them."""
    stop_accepting(tenant=request.membership.tenant, by=actor_of(request), bulk_id=bulk_id)
    return HttpResponseRedirect(reverse("review-bulk", args=[bulk_id]))


def _tell(request: PageRequest, bulk: BulkDecision) -> None:
    text = ngettext("Merged %(number)d case.", "Merged %(number)d cases.", bulk.accepted) % {
        "number": bulk.accepted
    }
    if bulk.accepted:
        report(request, text, undo="unify.bulk", data={"bulk": str(bulk.pk)})


def _page(request: PageRequest, *, error: DomainError | None = None) -> HttpResponse:
    tenant, by = request.membership.tenant, actor_of(request)
    said = request.POST if request.method == "POST" else request.GET
    score = _asked(request, said.get("least_score", ""))
    cases = clear_cases(tenant, score)
    number = cases.order_by()[: MOST_COUNTED + 1].count()
    context: dict[str, Any] = {
        "part": "queue",
        "score": score,
        "least": settings_of(tenant).bulk_score,
        "number": number,
        "shown": f"{MOST_COUNTED:,}+" if number > MOST_COUNTED else f"{number:,}",
        "rows": rows_of(list(cases.order_by("least_score", "pk")[:SAMPLES]), str(by)),
        "error": error,
        "at_work": BulkDecision.objects.filter(state__in=["waiting", "running"]).first(),
    }
    if wants_part(request):
        return render_part(request, "unify/review/_accept.html", context)
    title, status = _("Merge the sure ones"), error.status if error else 200
    return render_page(request, "unify/review/accept.html", context, title=title, status=status)


def _asked(request: PageRequest, text: str) -> int:
    least: int = settings_of(request.membership.tenant).bulk_score
    wanted = int(text[:4]) if text.isascii() and text.isdecimal() else least
    return max(least, min(wanted, HIGHEST))
