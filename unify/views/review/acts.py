"""What a reviewer does with a case."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from cdp.errors import Conflict, DomainError, NotFound
from cdp.permissions import UNIFY_MERGE
from cdp.views.pages import PageRequest, actor_of, needs, wants_part
from cdp.views.undo import report
from profiles.models import Profile
from unify.choices import Decision
from unify.deciding.cases import get_case, records_of
from unify.deciding.errors import CaseChanged
from unify.merging.errors import EditedSince
from unify.models import ReviewCase
from unify.operations.claim_case import claim_case, renew_claim
from unify.operations.decide_case import CaseOutcome, decide_case
from unify.operations.release_case import release_case
from unify.operations.skip_case import skip_case
from unify.operations.undo_decision import undo_decision
from unify.views.comparing.screen import NobodyToMerge, Screen, load_profiles, screen_of
from unify.views.merging.unmerge import ask_first
from unify.views.review.page import case_address, show_case, show_next


@require_POST
@needs(UNIFY_MERGE)
def decide(request: PageRequest, case_id: uuid.UUID) -> HttpResponse:
    """Take the decision and go on; a refusal shows the case again and says why."""
    case = get_case(case_id)
    decision = request.POST.get("decision", "")
    if decision not in {Decision.SAME, Decision.DIFFERENT}:
        return show_case(request, case, request.POST, error=None, status=200)
    profiles = load_profiles(records_of(case).ids)
    try:
        outcome = _decide(request, case, profiles, decision)
    except NotFound:
        raise
    except DomainError as error:
        return _refused(request, case, error)
    _tell(request, outcome, profiles)
    return show_next(request)


def _decide(
    request: PageRequest, case: ReviewCase, profiles: Sequence[Profile], decision: str
) -> CaseOutcome:
    tenant, by, data = request.membership.tenant, actor_of(request), request.POST
    if decision == Decision.DIFFERENT or not profiles:
        reason = data.get("reason", "").replace("\x00", "")
        return decide_case(tenant=tenant, by=by, case_id=case.pk, decision=decision, reason=reason)
    screen: Screen = screen_of(tenant, profiles, data)
    chosen = screen.table.chosen
    if not chosen.losers:
        raise NobodyToMerge
    return decide_case(
        tenant=tenant,
        by=by,
        case_id=case.pk,
        decision=Decision.SAME if len(chosen.members) == len(profiles) else Decision.MIXED,
        winner_id=chosen.winner,
        loser_ids=chosen.losers,
        strategy=chosen.strategy,
        resolved_conflicts=screen.by_hand,
        reason=chosen.reason,
        force=chosen.insists,
    )


def _refused(request: PageRequest, case: ReviewCase, error: DomainError) -> HttpResponse:
    if isinstance(error, CaseChanged):
        # The records are shown as they are now: from here on they count as seen.
        claim_case(tenant=request.membership.tenant, by=actor_of(request), case_id=case.pk)
    return show_case(request, get_case(case.pk), request.POST, error=error, status=error.status)


def _tell(request: PageRequest, outcome: CaseOutcome, profiles: Sequence[Profile]) -> None:
    names = _names(profiles)
    if outcome.is_reopened:
        messages.warning(request, _("You disagree with the first person: the case is open again for others."))
        return
    if outcome.needs_second:
        text = _("Somebody else will confirm what you said about %(names)s.") % {"names": names}
    elif outcome.merges:
        text = _("Merged %(names)s.") % {"names": names}
    else:
        text = _("%(names)s stay apart.") % {"names": names}
    report(request, text, undo="unify.decision", data={"case": str(outcome.case.pk)})


def _names(profiles: Sequence[Profile]) -> str:
    names = list(dict.fromkeys(one.name or one.shown_name for one in profiles))
    if len(names) == 1:
        return names[0]
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]} if names else ""


@require_POST
@needs(UNIFY_MERGE)
def skip(request: PageRequest, case_id: uuid.UUID) -> HttpResponse:
    """Leave the case to others and go on."""
    try:
        skip_case(tenant=request.membership.tenant, by=actor_of(request), case_id=case_id)
    except Conflict as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, _("Skipped: others may have it, and you are shown it again last."))
    return show_next(request)


@require_POST
@needs(UNIFY_MERGE)
def undo(request: PageRequest, case_id: uuid.UUID) -> HttpResponse:
    """Take a decision back and show its case again."""
    try:
        undo_decision(tenant=request.membership.tenant, by=actor_of(request), case_id=case_id)
    except NotFound:
        raise
    except EditedSince as error:
        asked = ask_first(request, error)
        return HttpResponseClientRedirect(asked.url) if wants_part(request) else asked
    except DomainError as error:
        messages.error(request, error.detail)
        return show_next(request)
    messages.success(request, _("Taken back: decide anew."))
    if wants_part(request):
        return show_case(request, get_case(case_id), request.GET, error=None, status=200)
    return HttpResponseRedirect(case_address(case_id))


@require_POST
@needs(UNIFY_MERGE)
def renew(request: PageRequest, case_id: uuid.UUID) -> HttpResponse:
    """Keep the case while somebody looks at it; when it is lost, the page says so."""
    try:
        renew_claim(tenant=request.membership.tenant, by=actor_of(request), case_id=case_id)
    except Conflict:
        return HttpResponseClientRedirect(case_address(case_id))
    return HttpResponse(status=204)


@require_POST
@needs(UNIFY_MERGE)
def release(request: PageRequest, case_id: uuid.UUID) -> HttpResponse:
    """Let others have the case; browsers send this when the page is left."""
    release_case(tenant=request.membership.tenant, by=actor_of(request), case_id=case_id)
    return HttpResponse(status=204)
