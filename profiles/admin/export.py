"""The list as a file: what is filtered and searched for, for who may download it, made by a worker."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from cdp.adminsite.permissions import may
from cdp.models import Membership
from cdp.permissions import EXPORT_RUN
from profiles.exports import lists
from profiles.exports.errors import ListRefused
from profiles.exports.lists import Listed
from profiles.exports.views.pages import order_of
from profiles.keyset import Order
from profiles.models import Profile

LIST = "admin"


def read_list(query: QueryDict, membership: Membership) -> Listed:
    """Return the customers the admin's list shows the member under this query string, newest first."""
    request: Any = HttpRequest()
    request.method, request.GET = "GET", query
    request.user, request.membership = membership.user, membership
    try:
        shown = admin.site.get_model_admin(Profile).get_changelist_instance(request)
    except IncorrectLookupParameters as error:
        raise ListRefused from error
    return Listed(shown.queryset, Order("created_at", descending=True))


lists.register(LIST, read_list)


class Exports:
    """A model admin whose list can be downloaded."""

    def get_urls(self) -> list[URLPattern]:
        """Add the page that asks for the format."""
        site: Any = self.admin_site  # type: ignore[attr-defined]
        own = path("export/", site.admin_view(self.export_view), name="profiles_profile_export")
        return [own, *super().get_urls()]  # type: ignore[misc]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Tell the list whether to offer it."""
        context = {**(extra_context or {}), "may_export": may(request, EXPORT_RUN)}
        response: HttpResponse = super().changelist_view(request, context)  # type: ignore[misc]
        return response

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for the format, then have the file made; the query string filters as on the list."""
        if not may(request, EXPORT_RUN):
            raise PermissionDenied
        me: Any = self
        try:
            me.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(reverse("admin:profiles_profile_changelist") + "?e=1")
        if request.method == "POST":
            asker: Any = request
            return order_of(asker, list_name=LIST, filters=request.GET.urlencode())
        context = {**me.admin_site.each_context(request), "title": _("Export"), "opts": me.opts}
        return TemplateResponse(request, "admin/profiles/profile/export.html", context)
