"""Deals, tasks, drop-offs and the agent of a customer: acted on from their page and from lists."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cdm.models import ActivityTask, Deal, DropOff, Ownership
from cdm.operations.assign_owner import assign_owner
from cdm.operations.create_task import complete_task, create_task
from cdm.operations.open_deal import move_deal, open_deal
from cdm.operations.recover_drop_off import recover_drop_off
from cdm.panels.conversations import id_in
from cdm.records.pipeline import DealMove, DealRecord, TaskRecord
from cdm.views.acting import common, only_said, page_after, panel_after, typed
from cdp.errors import Invalid
from cdp.permissions import PROFILE_WRITE
from cdp.views.pages import PageRequest, needs
from cdp.views.undo import report
from profiles.views.customer.answers import find_customer


@require_POST
@needs(PROFILE_WRITE)
def add_task(request: PageRequest, profile_id: uuid.UUID) -> HttpResponse:
    """Write down something to do for the customer."""
    profile = find_customer(profile_id)

    def act() -> None:
        said = only_said(typed(request.POST, "title", "kind", "due_at", "notes"))
        record = TaskRecord.parse(said, tenant=request.membership.tenant)
        create_task(**common(request), record=record, profile_id=profile.pk)

    return panel_after(request, profile.pk, "tasks", act)


@require_POST
@needs(PROFILE_WRITE)
def finish_task(request: PageRequest, task_id: uuid.UUID) -> HttpResponse:
    """Mark a task as done."""
    found = ActivityTask.objects.filter(pk=task_id).first()

    def act() -> None:
        task = complete_task(**common(request), task_id=task_id)
        text = _("Done: %(title)s.") % {"title": task.title}
        report(request, text, undo="task.reopen", data={"id": str(task.pk)})

    return page_after(request, found.profile_id if found else None, "agent-dashboard", act)


@require_POST
@needs(PROFILE_WRITE)
def add_deal(request: PageRequest, profile_id: uuid.UUID) -> HttpResponse:
    """Open a deal with the customer."""
    profile = find_customer(profile_id)

    def act() -> None:
        said = only_said(typed(request.POST, "title", "amount", "expected_on", "notes"))
        said |= {"amount": said["amount"].replace(",", "")} if "amount" in said else {}
        record = DealRecord.parse(said, tenant=request.membership.tenant)
        open_deal(**common(request), profile_id=profile.pk, record=record)

    return panel_after(request, profile.pk, "deals", act)


@require_POST
@needs(PROFILE_WRITE)
def move(request: PageRequest, deal_id: uuid.UUID) -> HttpResponse:
    """Move a deal to another stage."""
    before = Deal.objects.filter(pk=deal_id).first()

    def act() -> None:
        record = DealMove.parse(
            only_said(typed(request.POST, "stage", "lost_reason")), tenant=request.membership.tenant
        )
        deal = move_deal(**common(request), deal_id=deal_id, record=record)
        words = {"title": deal.title, "stage": deal.get_stage_display()}
        text = _("%(title)s is in “%(stage)s” now.") % words
        report(request, text, undo="deal.move", data=_standing_of(before or deal))

    return page_after(request, before.profile_id if before else None, "deals", act)


def _standing_of(deal: Deal) -> dict[str, Any]:
    """Return what brings a moved deal back to where it stood."""
    return {
        "id": str(deal.pk),
        "stage": deal.stage,
        "lost_reason": deal.lost_reason,
        "closed_at": deal.closed_at.isoformat() if deal.closed_at else None,
    }


@require_POST
@needs(PROFILE_WRITE)
def recover(request: PageRequest, drop_off_id: uuid.UUID) -> HttpResponse:
    """Mark a drop-off as recovered."""
    found = DropOff.objects.filter(pk=drop_off_id).first()

    def act() -> None:
        recover_drop_off(**common(request), drop_off_id=drop_off_id)
        report(request, _("Marked as recovered."), undo="drop_off.reopen", data={"id": str(drop_off_id)})

    return page_after(request, found.profile_id if found else None, "drop-offs", act)


@require_POST
@needs(PROFILE_WRITE)
def assign(request: PageRequest, profile_id: uuid.UUID) -> HttpResponse:
    """Make a colleague the customer's agent, or nobody."""
    profile = find_customer(profile_id)
    before = Ownership.objects.filter(profile_id=profile.pk).values_list("owner_id", flat=True).first()

    def act() -> None:
        owner = _owner_in(request.POST.get("owner"))
        assign_owner(**common(request), profile_ids=[profile.pk], owner_id=owner)
        data = {"profiles": [str(profile.pk)], "owner": str(before) if before else ""}
        text = _("They have another agent now.") if owner else _("They have no agent now.")
        report(request, text, undo="owner.assign", data=data)

    return panel_after(request, profile.pk, "standing", act)


def _owner_in(text: str | None) -> uuid.UUID | None:
    """Return the colleague a form names, None for nobody; raises Invalid where it names neither."""
    owner = id_in(text or "")
    if owner is None and text != "":
        problem = _("Choose an agent from the list, or nobody.")
        raise Invalid(problem, fields={"owner": [problem]})
    return owner
