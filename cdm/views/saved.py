"""Views of the customer list that people keep, each with an address of its own."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cdm.errors import RowNotFound
from cdm.models import SavedView
from cdm.operations.keep_view import change_view, delete_view, keep_view
from cdm.views.acting import common
from cdp.errors import DomainError, NotFound
from cdp.permissions import PROFILE_READ
from cdp.views.pages import PageRequest, needs
from cdp.views.undo import back, report
from cdp.views.words import words_of
from profiles.views.customers.query import ListQuery


@require_safe
@needs(PROFILE_READ)
def open_view(request: PageRequest, view_id: uuid.UUID) -> HttpResponse:
    """Lead to the list a view keeps; somebody else's private view is not found."""
    shown = Q(owner=request.membership) | Q(is_shared=True)
    view = SavedView.objects.filter(shown, pk=view_id).first()
    if view is None:
        raise RowNotFound(str(SavedView._meta.verbose_name))
    return HttpResponseRedirect(_list_address(view.query))


@require_POST
@needs(PROFILE_READ)
def keep(request: PageRequest) -> HttpResponse:
    """Keep the list as it is shown."""
    query = ListQuery.parse(QueryDict(request.POST.get("query", ""))).address()

    def act() -> None:
        view = keep_view(
            **common(request),
            name=request.POST.get("name", ""),
            query=query,
            is_shared="is_shared" in request.POST,
        )
        text = _("Kept the view “%(name)s”.") % {"name": view.name}
        report(request, text, undo="view.delete", data={"id": str(view.pk)})

    return _after(request, act, query)


@require_POST
@needs(PROFILE_READ)
def change(request: PageRequest, view_id: uuid.UUID) -> HttpResponse:
    """Rename a view, and say whether others see it."""

    def act() -> None:
        change_view(
            **common(request),
            view_id=view_id,
            name=request.POST.get("name"),
            is_shared="is_shared" in request.POST,
        )
        messages.success(request, _("Saved."))

    return _after(request, act)


@require_POST
@needs(PROFILE_READ)
def delete(request: PageRequest, view_id: uuid.UUID) -> HttpResponse:
    """Delete a view."""

    def act() -> None:
        view = delete_view(**common(request), view_id=view_id)
        text = _("Deleted the view “%(name)s”.") % {"name": view.name}
        report(request, text, undo="view.restore", data={"id": str(view_id)})

    return _after(request, act)


def _after(request: PageRequest, act: Callable[[], None], query: str = "") -> HttpResponse:
    try:
        act()
    except NotFound:
        raise
    except DomainError as error:
        messages.error(request, words_of(error))
    return back(request, _list_address(query))


def _list_address(query: str) -> str:
    return f"{reverse('customers')}?{query}" if query else reverse("customers")
