"""How sure the company wants to be, with what that means for today's candidates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cdp.errors import DomainError
from cdp.permissions import SETTINGS_WRITE
from cdp.views.pages import PageRequest, actor_of, needs, render_page, render_part
from unify.fields import label_of
from unify.finding.current import settings_of
from unify.finding.score_counts import latest_counts
from unify.models import MatchSettings
from unify.operations.change_match_settings import change_match_settings
from unify.views.matching.forms import RULED, MatchSettingsForm, values_of

BAND = 5
SCORES = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """Pairs with scores in one band, as a bar; parts of it may fall into several fates."""

    label: str
    number: int
    width: float
    fate: str


@dataclass(frozen=True, slots=True)
class Consequences:
    """What two scores would mean for the pairs known today."""

    bars: Sequence[Bar]
    merged: int
    asked: int
    alone: int
    merge_score: int
    review_score: int
    counted_at: datetime | None

    @property
    def total(self) -> int:
        """Return how many pairs there are."""
        return self.merged + self.asked + self.alone


@require_http_methods(["GET", "HEAD", "POST"])
@needs(SETTINGS_WRITE)
def settings(request: PageRequest) -> HttpResponse:
    """Show the form, or write what was changed."""
    current = settings_of(request.membership.tenant)
    if request.method != "POST":
        return _page(request, current, MatchSettingsForm(initial=values_of(current)))
    form = MatchSettingsForm(request.POST, initial=values_of(current))
    if not form.is_valid():
        return _page(request, current, form, status=400)
    try:
        change_match_settings(
            tenant=request.membership.tenant, by=actor_of(request), changes=form.changes(current)
        )
    except DomainError as error:
        form.refuse(error)
        return _page(request, current, form, status=error.status)
    messages.success(request, _("Saved. The next search follows the new settings."))
    return HttpResponseRedirect(reverse("match-settings"))


@require_safe
@needs(SETTINGS_WRITE)
def consequences(request: PageRequest) -> HttpResponse:
    """Show what two scores would mean, while they are being moved."""
    current = settings_of(request.membership.tenant)
    context = {"meaning": _meaning(request.GET, current)}
    return render_part(request, "unify/settings/_consequences.html", context)


def _page(
    request: PageRequest, current: MatchSettings, form: MatchSettingsForm, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "part": "settings",
        "form": form,
        "rules": [(label_of(name), form[f"rule_{name}"]) for name in RULED],
        "meaning": _meaning(request.POST if form.is_bound else QueryDict(), current),
    }
    title = _("Settings of matching")
    return render_page(request, "unify/settings/page.html", context, title=title, status=status)


def _meaning(data: QueryDict, current: MatchSettings) -> Consequences:
    merge = _read(data.get("merge_score", ""), current.merge_score)
    review = min(_read(data.get("review_score", ""), current.review_score), merge)
    found = latest_counts()
    counts = found.numbers
    most = max((_sum(counts, low, low + BAND) for low in range(0, SCORES, BAND)), default=0) or 1
    bars = [
        Bar(
            f"{low}–{low + BAND}",
            number := _sum(counts, low, low + BAND),
            round(1000 * number / most, 1),
            _fate(low, review, merge),
        )
        for low in range(SCORES - BAND, -1, -BAND)
    ]
    first = next((i for i, bar in enumerate(reversed(bars)) if bar.number), len(bars))
    return Consequences(
        bars=bars[: len(bars) - first],
        merged=_sum(counts, merge, SCORES + 1),
        asked=_sum(counts, review, merge),
        alone=_sum(counts, 0, review),
        merge_score=merge,
        review_score=review,
        counted_at=found.counted_at,
    )


def _sum(counts: dict[int, int], low: int, below: int) -> int:
    # A score of exactly 100 belongs to the highest band.
    end = below + 1 if below == SCORES else below
    return sum(number for score, number in counts.items() if low <= score < end)


def _fate(low: int, review: int, merge: int) -> str:
    if low >= merge:
        return "merge"
    return "review" if low >= review else "alone"


def _read(text: str, default: int) -> int:
    return min(int(text[:4]), SCORES) if text.isascii() and text.isdecimal() else default
