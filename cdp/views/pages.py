"""What every page for agents shares: who may open it, and the layout around it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import quote, urlsplit

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from cdp.actors import Actor
from cdp.errors import NotFound
from cdp.models import Membership

P = ParamSpec("P")


class PageRequest(HttpRequest):
    """The request of a logged-in person inside a tenant."""

    membership: Membership
    htmx: HtmxDetails


View = Callable[Concatenate[PageRequest, P], HttpResponseBase]
Guarded = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def needs(code: str) -> Callable[[View[P]], Guarded[P]]:
    """Let only members through whose role includes ``code``; what is not there is a 404."""

    def decorate(view: View[P]) -> Guarded[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_login(request)
            membership: Membership | None = getattr(request, "membership", None)
            if membership is None or code not in membership.codes:
                raise PermissionDenied
            try:
                return view(request, *args, **kwargs)  # type: ignore[arg-type]
            except NotFound as error:
                raise Http404(error.detail) from error

        guarded.code = code  # type: ignore[attr-defined]
        return cast("Guarded[P]", guarded)

    return decorate


def require_code(request: PageRequest, code: str) -> None:
    """Refuse a person whose role does not include ``code``, where the page alone cannot tell."""
    if code not in request.membership.codes:
        raise PermissionDenied


def actor_of(request: PageRequest) -> Actor:
    """Return the person as the ``by`` of a verb."""
    return request.membership.user.actor


def render_page(
    request: PageRequest, template: str, context: dict[str, Any], *, title: str, status: int = 200
) -> HttpResponse:
    """Render a whole page inside the layout of the admin (sidebar, header, theme)."""
    around = {**admin.site.each_context(request), "title": title}
    return _varying(render(request, template, {**around, **context}, status=status))


def render_part(
    request: PageRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render a part of a page, to be swapped in by HTMX."""
    return _varying(render(request, template, context, status=status))


def wants_part(request: PageRequest) -> bool:
    """Tell whether HTMX asks for a part; a page restored from history is asked for whole."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def _varying(response: HttpResponse) -> HttpResponse:
    # One address answers with the page or with a part of it: a cache must not mix them up.
    patch_vary_headers(response, ["HX-Request"])
    return response


def _to_login(request: HttpRequest) -> HttpResponse:
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    if htmx:
        # A redirect would put the log-in page inside the part; the whole window goes there instead.
        seen = urlsplit(htmx.current_url or "")
        return HttpResponseClientRedirect(f"{resolve_url('admin:login')}?next={quote(seen.path)}")
    return redirect_to_login(request.get_full_path(), login_url="admin:login")
