"""Answering after an act: the panel anew for HTMX, the page it came from for everybody else."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse

from cdp.errors import DomainError, NotFound
from cdp.views.pages import PageRequest, actor_of, wants_part
from cdp.views.undo import back
from cdp.views.words import words_of
from profiles.panels import registry
from profiles.views.customer.answers import answer


def common(request: PageRequest) -> dict[str, Any]:
    """Return what every verb is told: the company, and who acts."""
    return {"tenant": request.membership.tenant, "by": actor_of(request)}


def typed(data: QueryDict, *names: str) -> dict[str, str]:
    """Return those fields of a form that were sent, stripped, as a record's data."""
    return {name: str(data[name]).strip() for name in names if name in data}


def only_said(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that were not left empty."""
    return {name: value for name, value in data.items() if value != ""}


def panel_after(
    request: PageRequest, profile_id: uuid.UUID, panel: str, act: Callable[[], None]
) -> HttpResponse:
    """Do something, and show the panel it belongs to; what a verb refuses is shown there."""
    try:
        act()
    except NotFound:
        raise
    except DomainError as error:
        return answer(request, profile_id, panel, errors=error)
    return answer(request, profile_id, panel)


def page_after(
    request: PageRequest, profile_id: uuid.UUID | None, default: str, act: Callable[[], None]
) -> HttpResponse:
    """Do something from a list: the customer's panel where the form names one, else back to the page."""
    panel = request.POST.get("panel", "")
    if profile_id is not None and registry.find(panel, request.membership.codes) is not None:
        return panel_after(request, profile_id, panel, act)
    try:
        act()
    except NotFound:
        raise
    except DomainError as error:
        messages.error(request, words_of(error))
    response = back(request, reverse(default))
    if wants_part(request):
        response["HX-Redirect"] = response["Location"]
        response.status_code = 200
        del response["Location"]
    return response
