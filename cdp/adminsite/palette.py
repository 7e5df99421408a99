"""What the command palette finds."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from unfold.dataclasses import SearchResult

ROWS_PER_MODEL = 8


def find(site: AdminSite, request: HttpRequest, term: str, *, with_rows: bool) -> list[SearchResult]:
    """Return lists whose name holds ``term``, then rows of the models whose admin is ``in_palette``."""
    found = _lists(site, request, term.lower())
    if with_rows:
        for model_admin in site._registry.values():
            if getattr(model_admin, "in_palette", False) and model_admin.has_view_permission(request):
                found += _rows(model_admin, request, term)
    return found


def _lists(site: AdminSite, request: HttpRequest, term: str) -> list[SearchResult]:
    return [
        SearchResult(
            title=str(capfirst(model["name"])),
            description=str(app["name"]),
            link=model["admin_url"],
            icon="list",
        )
        for app in site.get_app_list(request)
        for model in app["models"]
        if model["admin_url"] and term in str(model["name"]).lower()
    ]


def _rows(model_admin: Any, request: HttpRequest, term: str) -> list[SearchResult]:
    queryset, _may_repeat = model_admin.get_search_results(request, model_admin.get_queryset(request), term)
    rows = queryset.order_by(*model_admin.get_ordering(request))[:ROWS_PER_MODEL]
    return [
        SearchResult(
            title=str(row),
            description=str(capfirst(row._meta.verbose_name)),
            link=model_admin.page_of(row),
            icon=model_admin.palette_icon,
        )
        for row in rows
    ]


class InPalette:
    """A model admin whose rows the command palette finds: its search must be fast at a million rows."""

    in_palette = True
    palette_icon = "data_object"

    def page_of(self, row: Any) -> str:
        """Return the address the palette leads to."""
        return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
