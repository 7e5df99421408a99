"""The model in use: what each finding weighs, what has changed, and what else there is."""

from __future__ import annotations

import math
import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cdp.permissions import SETTINGS_WRITE, UNIFY_MERGE
from cdp.views.pages import PageRequest, needs, render_page
from unify.choices import Decision, ModelState, RunKind, RunState
from unify.finding.current import current_model, load
from unify.matching.calibration import FEWEST_OF_EACH, FEWEST_VERDICTS
from unify.models import MatchModelVersion, MatchRun
from unify.operations.calibrate_model import lessons
from unify.views.matching.runs import active_run
from unify.views.matching.trial import trial_of
from unify.views.matching.weights import Change, changes, charts
from unify.words import prior_words

VERSIONS_SHOWN = 12


@require_safe
@needs(UNIFY_MERGE)
def model(request: PageRequest) -> HttpResponse:
    """Show the version in use."""
    version, _model = current_model(request.membership.tenant)
    return _page(request, version)


@require_safe
@needs(UNIFY_MERGE)
def version(request: PageRequest, version_id: uuid.UUID) -> HttpResponse:
    """Show any version, against the one in use."""
    found = MatchModelVersion.objects.filter(pk=version_id).first()
    if found is None:
        raise Http404(_("There is no such version."))
    return _page(request, found)


def _page(request: PageRequest, version: MatchModelVersion) -> HttpResponse:
    loaded, compared = load(version), _compared(version)
    context: dict[str, Any] = {
        "part": "model",
        "version": version,
        "is_current": version.state == ModelState.PUBLISHED,
        "charts": charts(loaded),
        "prior": prior_words(_prior(loaded.probability_two_random_records_match)),
        "calibration": loaded.calibration,
        "compared": compared,
        "changes": _changes(version, compared),
        "versions": MatchModelVersion.objects.defer("model", "report").order_by("-number")[:VERSIONS_SHOWN],
        "current": active_run(),
        "failed": _failed_training(),
        "trial": trial_of(version),
        "untrained": version.report.get("untrained", []) if isinstance(version.report, dict) else [],
        "complete": "complete" in request.GET,
        **_lessons(version),
        "may_change": SETTINGS_WRITE in request.membership.codes,
    }
    title = _("How duplicates are recognised")
    return render_page(request, "unify/model/page.html", context, title=title)


def _failed_training() -> MatchRun | None:
    """Return the latest training, if it came to nothing."""
    latest = MatchRun.objects.filter(kind=RunKind.TRAINING).order_by("-id").first()
    return latest if latest is not None and latest.state == RunState.FAILED else None


def _lessons(version: MatchModelVersion) -> dict[str, Any]:
    """Return how many decisions the version in use can learn from, counted no further than it takes."""
    if version.state != ModelState.PUBLISHED:
        return {}
    rows = lessons(version)
    found = [
        rows.filter(decision=one)[:FEWEST_VERDICTS].count() for one in (Decision.SAME, Decision.DIFFERENT)
    ]
    return {
        "verdicts": sum(found),
        "verdicts_needed": FEWEST_VERDICTS,
        "of_each_needed": FEWEST_OF_EACH,
        "is_one_sided": min(found) < FEWEST_OF_EACH,
    }


def _prior(probability: float) -> float:
    return math.log2(probability / (1 - probability))


def _compared(version: MatchModelVersion) -> MatchModelVersion | None:
    """Return the version a draft is held against (the one in use), or the one before."""
    others = MatchModelVersion.objects.exclude(pk=version.pk)
    if version.state == ModelState.DRAFT:
        return others.filter(state=ModelState.PUBLISHED).first()
    earlier = others.filter(number__lt=version.number, published_at__isnull=False)
    return earlier.order_by("-number").first()


def _changes(version: MatchModelVersion, compared: MatchModelVersion | None) -> list[Change]:
    return changes(load(compared), load(version)) if compared else []
