"""The admin site: who may enter, its start page, and a search that is fast and keeps to one tenant."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

from cdp.adminsite.history import Line, lines_of
from cdp.adminsite.palette import find
from cdp.adminsite.permissions import is_platform, may, membership_of
from cdp.forms.login import LoginForm
from cdp.models import AuditEntry
from cdp.permissions import AUDIT_READ

LONGEST_SEARCH = 100
RECENT_ENTRIES = 8


class CrmAdminSite(UnfoldAdminSite):  # type: ignore[misc]
    """Members of a company enter, and superusers; what they see follows from their role."""

    login_form = LoginForm
    index_title = _("Start")
    final_catch_all_view = True

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # One row at a time, through its verb; lists offer verbs of their own.
        self.disable_action("delete_selected")

    def get_urls(self) -> list[URLPattern]:
        # Before the wrapped one: somebody who belongs to no company must be able to log out.
        return [path("logout/", self.logout, name="logout"), *super().get_urls()]

    def has_permission(self, request: HttpRequest) -> bool:
        user: Any = request.user
        is_welcome = membership_of(request) is not None or is_platform(request)
        return bool(user.is_active and user.is_staff and is_welcome)

    def admin_view(
        self, view: Callable[..., HttpResponse], cacheable: bool = False
    ) -> Callable[..., HttpResponse]:
        inner = super().admin_view(view, cacheable)

        def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            _refuse_unstorable(request, kwargs)
            if request.user.is_authenticated and not self.has_permission(request):
                return self.turn_away(request)
            response: HttpResponse = inner(request, *args, **kwargs)
            return response

        # Django's URLs read these marks off the view.
        entered.__dict__.update(inner.__dict__)
        return entered

    def turn_away(self, request: HttpRequest) -> HttpResponse:
        """Tell a person without a company what to do."""
        context = {**self.each_context(request), "title": _("You are not a member of any company yet")}
        return TemplateResponse(request, "cdp/no_company.html", context, status=403)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Every model's entry, made when a template reads it: all pages are handed the list, few show it."""
        return SimpleLazyObject(lambda: super(CrmAdminSite, self).get_app_list(request, app_label))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context: dict[str, Any] = super().each_context(request)
        return {**context, "show_history": may(request, AUDIT_READ)}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        recent: list[Line] = []
        if may(request, AUDIT_READ):
            entries = AuditEntry.objects.order_by("-at", "-id")[:RECENT_ENTRIES]
            recent = lines_of(list(entries))
        context = {"recent_lines": recent, **(extra_context or {})}
        response: TemplateResponse = super().index(request, context)
        return response

    def search(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Answer the command palette; never cached, because people change companies and roles."""
        started = time.perf_counter()
        term = request.GET.get("s", "").strip()[:LONGEST_SEARCH]
        is_extended = "extended" in request.GET
        if not term and not is_extended:
            return HttpResponse()
        results = find(self, request, term, with_rows=is_extended)
        pages = Paginator(results, max(len(results), 1))
        kind = "command_results" if is_extended else "search_results"
        context = {
            "page_obj": pages,
            "results": pages.page(1),
            "page_counter": 0,
            "execution_time": time.perf_counter() - started,
            "command_show_history": False,
        }
        return TemplateResponse(
            request, f"unfold/helpers/{kind}.html", context, headers={"HX-Trigger": "search"}
        )

    def password_change_done(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"start_url": reverse("start"), **(extra_context or {})}
        response: HttpResponse = super().password_change_done(request, context)
        return response


def _refuse_unstorable(request: HttpRequest, path_values: dict[str, Any]) -> None:
    """Refuse null characters in addresses: PostgreSQL cannot compare with them."""
    values = [value for _key, found in request.GET.lists() for value in found]
    if any("\x00" in str(value) for value in [*request.GET, *values, *path_values.values()]):
        raise BadRequest("Null characters are not allowed.")
