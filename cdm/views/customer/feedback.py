"""Saying on a customer's page that what is recommended is wrong."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cdm.operations.say_wrong import say_wrong
from cdm.views.acting import common, panel_after
from cdp.permissions import PROFILE_WRITE
from cdp.views.pages import PageRequest, needs
from cdp.views.undo import report
from profiles.views.customer.answers import find_customer


@require_POST
@needs(PROFILE_WRITE)
def wrong(request: PageRequest, profile_id: uuid.UUID) -> HttpResponse:
    """Keep what an agent says against the recommendation, and why."""
    profile = find_customer(profile_id)

    def act() -> None:
        said = say_wrong(
            **common(request),
            profile_id=profile.pk,
            reason=request.POST.get("reason", ""),
            note=request.POST.get("note", ""),
        )
        text = _("Noted: %(reason)s.") % {"reason": said.get_reason_display()}
        data = {"id": str(said.pk), "profile": str(profile.pk)}
        report(request, text, undo="recommendation.take_back", data=data)

    return panel_after(request, profile.pk, "insights", act)
