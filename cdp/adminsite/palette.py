"""What the command palette finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from unfold.dataclasses import SearchResult

from cdp.registries import Registry

ROWS_PER_MODEL = 8
# Who has something to offer before anything is typed, and besides rows and lists: pages, acts, what was open
# lately. Called with the request and what was typed ("" at first).
Source = Callable[[HttpRequest, str], Iterable[SearchResult]]
palette_sources: Registry[Source] = Registry()


def find(site: AdminSite, request: HttpRequest, term: str, *, with_rows: bool) -> list[SearchResult]:
    """Return pages and acts, rows of the models whose admin is ``in_palette``, then lists by name.

    Without a term: what was open lately, and what people do most.
    """
    found = [result for source in palette_sources for result in source(request, term)] if with_rows else []
    if not term:
        return found
    found += _pages(site, request, term.lower())
    if with_rows:
        for model_admin in site._registry.values():
            if getattr(model_admin, "in_palette", False) and model_admin.has_view_permission(request):
                found += _rows(model_admin, request, term)
    return _without_doubles(found + _lists(site, request, term.lower()))


def _without_doubles(found: list[SearchResult]) -> list[SearchResult]:
    return list({result.link: result for result in reversed(found)}.values())[::-1]


def _pages(site: AdminSite, request: HttpRequest, term: str) -> list[SearchResult]:
    """Return the pages of the sidebar whose name holds ``term``."""
    groups: list[dict[str, Any]] = site.get_sidebar_list(request)  # type: ignore[attr-defined]
    return [
        SearchResult(
            title=str(item["title"]),
            description=str(group.get("title") or ""),
            link=str(item.get("link_callback") or item["link"]),
            icon=item.get("icon") or "list",
        )
        for group in groups
        for item in group["items"]
        if item.get("has_permission") and term in str(item["title"]).lower()
    ]


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
