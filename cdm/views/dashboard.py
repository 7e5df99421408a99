"""The page an agent opens in the morning: `/admin/crm/agent-dashboard`."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cdm.call_outcomes import BY_KEY, OUTCOMES, Outcome
from cdm.choices import CallListName, InteractionType
from cdm.dashboards.agent import calls_of, deals_of, list_named, progress_of, promised
from cdm.dashboards.occasions import occasions
from cdm.operations.log_interaction import log_interaction
from cdm.records.interaction import InteractionRecord
from cdm.views.acting import common
from cdp.errors import DomainError, Invalid
from cdp.permissions import PROFILE_READ, PROFILE_WRITE
from cdp.views.pages import PageRequest, needs, render_page, render_part, wants_part
from cdp.views.undo import back, report
from cdp.views.words import words_of
from profiles.views.customer.answers import find_customer

CALL_BACK_AFTER = timedelta(days=1)
WEEK = 7


@require_safe
@needs(PROFILE_READ)
def dashboard(request: PageRequest) -> HttpResponse:
    """Show the agent's day."""
    name = list_named(request.GET.get("list", ""))
    calls = calls_of(request.membership.tenant, name)
    context: dict[str, Any] = {
        **_shared(request, name),
        "calls": calls,
        "lists": [(value, label, value == name) for value, label in CallListName.choices],
    }
    if wants_part(request):
        return render_part(request, "cdm/dashboard/_calls.html", context)
    coming = occasions(request.membership.tenant, days=WEEK)
    tasks = promised(request.membership)
    context |= {
        "first": calls[0] if calls else None,
        "tasks": tasks.rows,
        "tasks_more": tasks.more,
        "progress": progress_of(request.membership),
        "occasions": coming.shown,
        "occasions_more": coming.more,
        "deals": deals_of(request.membership),
    }
    return render_page(request, "cdm/dashboard/page.html", context, title=_("My day"))


@require_POST
@needs(PROFILE_WRITE)
def quick_log(request: PageRequest, profile_id: uuid.UUID) -> HttpResponse:
    """Log a call by its outcome alone: one of four keys."""
    profile = find_customer(profile_id)
    outcome = BY_KEY.get(request.POST.get("outcome", ""))
    try:
        if outcome is None:
            raise Invalid(_("Choose how the call went."))
        record = InteractionRecord.parse(_said(outcome), tenant=request.membership.tenant)
        row = log_interaction(**common(request), profile_id=profile.pk, record=record)
    except DomainError as error:
        outcome = None
        messages.error(request, words_of(error))
    else:
        words = {"name": profile.shown_name, "outcome": outcome.label}
        text = _("Logged a call with %(name)s: %(outcome)s.") % words
        report(request, text, undo="interaction.delete", data={"id": str(row.pk)})
    if not wants_part(request):
        return back(request, reverse("agent-dashboard"))
    context = {
        **_shared(request, ""),
        "profile": profile,
        "outcome": outcome,
        "progress": progress_of(request.membership),
    }
    return render_part(request, "cdm/dashboard/_called.html", context)


def _said(outcome: Outcome) -> dict[str, Any]:
    said: dict[str, Any] = {
        "interaction_type": InteractionType.CALL.value,
        "outcome": str(outcome.label),
        "was_answered": outcome.was_answered,
    }
    if outcome.calls_back:
        said["follow_up_at"] = timezone.now() + CALL_BACK_AFTER
    return said


def _shared(request: PageRequest, name: str) -> dict[str, Any]:
    return {
        "list_name": name,
        "outcomes": OUTCOMES,
        "may_write": PROFILE_WRITE in request.membership.codes,
        "region": request.membership.tenant.region,
    }
