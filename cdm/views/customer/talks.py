"""Logging, correcting and removing interactions on a customer's page."""

from __future__ import annotations

import uuid
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cdm.operations.change_interaction import delete_interaction, update_interaction
from cdm.operations.log_interaction import log_interaction
from cdm.records.interaction import InteractionChange, InteractionRecord
from cdm.views.acting import common, only_said, panel_after, typed
from cdp.errors import Invalid
from cdp.permissions import PROFILE_WRITE
from cdp.views.pages import PageRequest, needs
from cdp.views.undo import report
from profiles.views.customer.answers import find_customer

PANEL = "conversations"
WIRE = {"type": "interaction_type", "direction": "interaction_direction"}
TEXTS = ("type", "direction", "subject", "description", "outcome", "follow_up_at")
MINUTE = 60
ANSWERS = {"": None, "yes": True, "no": False}


@require_POST
@needs(PROFILE_WRITE)
def log(request: PageRequest, profile_id: uuid.UUID) -> HttpResponse:
    """Log an interaction."""
    profile = find_customer(profile_id)

    def act() -> None:
        said = only_said(_said(request.POST))
        record = InteractionRecord.parse(said, tenant=request.membership.tenant)
        row = log_interaction(**common(request), profile_id=profile.pk, record=record)
        text = _("Logged: %(what)s.") % {"what": row.get_type_display()}
        report(request, text, undo="interaction.delete", data={"id": str(row.pk)})

    return panel_after(request, profile.pk, PANEL, act)


@require_POST
@needs(PROFILE_WRITE)
def edit(request: PageRequest, profile_id: uuid.UUID, interaction_id: uuid.UUID) -> HttpResponse:
    """Correct an interaction."""
    profile = find_customer(profile_id)

    def act() -> None:
        said = _said(request.POST)
        said["follow_up_required"] = bool(said.get("follow_up_at"))
        record = InteractionChange.parse(said, tenant=request.membership.tenant)
        update_interaction(**common(request), interaction_id=interaction_id, record=record)

    return panel_after(request, profile.pk, PANEL, act)


@require_POST
@needs(PROFILE_WRITE)
def remove(request: PageRequest, profile_id: uuid.UUID, interaction_id: uuid.UUID) -> HttpResponse:
    """Remove an interaction."""
    profile = find_customer(profile_id)

    def act() -> None:
        delete_interaction(**common(request), interaction_id=interaction_id)
        report(
            request,
            _("Removed the interaction."),
            undo="interaction.restore",
            data={"id": str(interaction_id)},
        )

    return panel_after(request, profile.pk, PANEL, act)


def _said(data: QueryDict) -> dict[str, Any]:
    said: dict[str, Any] = {WIRE.get(name, name): value for name, value in typed(data, *TEXTS).items()}
    if "minutes" in data:
        minutes = str(data["minutes"]).strip().replace(",", ".")
        said["duration_seconds"] = _seconds(minutes) if minutes else None
    if "was_answered" in data:
        said["was_answered"] = _answer(str(data["was_answered"]))
    return said


def _answer(text: str) -> bool | None:
    if text not in ANSWERS:
        problem = _("Choose whether it was answered: yes, no or not said.")
        raise Invalid(problem, fields={"was_answered": [problem]})
    return ANSWERS[text]


def _seconds(minutes: str) -> int:
    try:
        amount = Decimal(minutes)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0 or amount > MINUTE * 24:
        problem = _("Write the length in minutes, such as 5 or 2.5.")
        raise Invalid(problem, fields={"minutes": [problem]})
    return int(amount * MINUTE)
