"""Error answers outside the API views: a problem for programs, a page for people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cdp.api.problems import problem_page
from cdp.errors import DomainError, Forbidden, Invalid, NotFound
from cdp.giving_way import GaveWay
from cdp.request_context import request_id
from cdp.views.companies import no_company

CSRF_FIELD = "csrfmiddlewaretoken"


class ServerFault(DomainError):
    """We failed."""

    status = 500
    slug = "server-error"
    title = "Something went wrong on our side"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, Invalid(_("The request could not be understood.")))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.user.is_authenticated and getattr(request, "membership", None) is None and wants_page(request):
        return no_company(request)
    return answer(request, Forbidden(_("Your role does not allow this. Ask an owner of your company.")))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, NotFound(_("There is nothing at this address, or it belongs to another company.")))


def server_error(request: HttpRequest) -> HttpResponse:
    return answer(request, ServerFault(_("It has been logged. Try again, and tell us the request id.")))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(request, Forbidden(_("This form has expired. Go back, reload the page and send it again.")))


def wants_page(request: HttpRequest) -> bool:
    """Tell a person's browser from a program."""
    return "text/html" in request.headers.get("Accept", "")


def answer(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Return the page or the problem document for an error."""
    if not wants_page(request):
        return problem_page(error)
    # The page asks the database nothing: it must come even when that is what failed.
    context = {
        "error": error,
        "title": _(error.title),
        "request_id": request_id(),
        "again": _sent(request) if isinstance(error, GaveWay) else [],
    }
    return render(request, "errors/error.html", context, status=error.status)


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the fields of a form, so that it can be sent again; none where it held files or a password."""
    if request.FILES or any("password" in name for name in request.POST):
        return []
    said = request.POST.lists()
    return [(name, str(value)) for name, values in said if name != CSRF_FIELD for value in values]
