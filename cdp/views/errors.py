"""Error answers outside the API views: a problem for programs, a page for people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cdp.api.problems import problem_page
from cdp.errors import DomainError, Forbidden, Invalid, NotFound


class ServerFault(DomainError):
    """We failed."""

    status = 500
    slug = "server-error"
    title = "Something went wrong on our side"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, Invalid(_("The request could not be understood.")))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, Forbidden(_("Your role does not allow this. Ask an owner of your company.")))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, NotFound(_("There is nothing at this address.")))


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(request, ServerFault(_("It has been logged. Try again, and tell us the request id.")))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _answer(request, Forbidden(_("This form has expired. Go back, reload the page and send it again.")))


def _answer(request: HttpRequest, error: DomainError) -> HttpResponse:
    if "text/html" in request.headers.get("Accept", ""):
        return render(request, "errors/error.html", {"error": error}, status=error.status)
    return problem_page(error)
