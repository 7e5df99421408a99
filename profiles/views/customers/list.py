"""The page `/admin/customers/cdm`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import push_url, replace_url

from cdp.permissions import IMPORT_RUN, PROFILE_READ
from cdp.views.pages import PageRequest, needs, render_page, render_part, wants_part
from profiles.keyset import Page, first_page, page_after, page_before
from profiles.listing import ListColumn, list_columns, list_parts
from profiles.models import Profile
from profiles.querysets import ProfileQuerySet
from profiles.views.customers.counts import cards, counts, total
from profiles.views.customers.filters import chips, filters, hidden, labels, sort_labels
from profiles.views.customers.query import ListQuery
from profiles.views.customers.rows import rows_of

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class Column:
    """A heading one can sort by."""

    label: str
    address: str
    direction: str


@needs(PROFILE_READ)
def customers(request: PageRequest) -> HttpResponse:
    """Show the customers the address asks for."""
    query = ListQuery.parse(request.GET)
    context = _results(request, query)
    if wants_part(request):
        context |= {"is_part": True, "parts": _parts(request, query, only_live=True)}
        response = render_part(request, "profiles/customers/_results.html", context)
        # Another page is a step one can go back from; another letter of the search is none.
        remember = push_url if query.after or query.before else replace_url
        return remember(response, context["here"])
    context |= {
        "filters": filters(request, query, context["counts"], context["labels"]),
        "sorts": [(value, label, value == query.sort) for value, label in sort_labels()],
        "import_url": _import_url(request),
        "parts": _parts(request, query, only_live=False),
        "hidden": hidden(query),
    }
    return render_page(request, "profiles/customers/list.html", context, title=_("Customers"))


def page_of(query: ListQuery, found: ProfileQuerySet) -> Page[Profile]:
    """Return the page of customers the address asks for; a position nobody was given means the first."""
    rows = found.for_list()
    if before := query.order.read(query.before):
        page = page_before(rows, query.order, before, PAGE_SIZE)
        # Fewer than a page before it: the first page is the better answer.
        return page if len(page.rows) == PAGE_SIZE else first_page(rows, query.order, PAGE_SIZE)
    if after := query.order.read(query.after):
        return page_after(rows, query.order, after, PAGE_SIZE)
    return first_page(rows, query.order, PAGE_SIZE)


def _parts(request: PageRequest, query: ListQuery, *, only_live: bool) -> list[tuple[str, Any]]:
    shown = [part for part in list_parts if part.is_live or not only_live]
    return [(part.template, part.query(request, query.address())) for part in shown]


def _results(request: PageRequest, query: ListQuery) -> dict[str, Any]:
    found = query.apply(Profile.objects.all())
    page = page_of(query, found)
    tallied, offered = counts(), labels(query)
    return {
        "query": query,
        "rows": rows_of(page.rows),
        "total": total(tallied, query, found, page),
        "counts": tallied,
        "cards": cards(tallied, query, request.membership.tenant.currency),
        "labels": offered,
        "chips": chips(request, query, offered),
        "columns": {name: _column(query, name, descending) for name, descending in _SORTABLE.items()},
        "added": [_added(query, column) for column in list_columns],
        "here": _address(query.address(after=query.after, before=query.before)),
        "start": _address(),
        "previous": _address(query.address(before=page.previous)) if page.previous else "",
        "next": _address(query.address(after=page.next)) if page.next else "",
    }


_SORTABLE = {"name": False, "activity": True, "created": True}


def _added(query: ListQuery, column: ListColumn) -> tuple[ListColumn, Column | None]:
    """Return a column of another app, with its heading's sort where it has one."""
    return column, _column(query, column.sort, descending_first=True) if column.sort else None


def _column(query: ListQuery, name: str, descending_first: bool) -> Column:
    up, down = name, f"-{name}"
    usual = down if descending_first else up
    other = {up: down, down: up}.get(query.sort, usual)
    direction = {up: "ascending", down: "descending"}.get(query.sort, "")
    return Column(name, _address(query.address(sort=other)), direction)


def _address(query_string: str = "") -> str:
    return f"{reverse('customers')}?{query_string}" if query_string else reverse("customers")


def _import_url(request: PageRequest) -> str:
    return reverse("import-new") if IMPORT_RUN in request.membership.codes else ""
