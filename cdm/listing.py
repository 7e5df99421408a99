"""What the agent's day adds to the list of customers: value, orders, temperature, whose they are."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cdm.buying import (
    bought,
    bought_again,
    bought_product,
    clean_month,
    clean_product,
    clean_range,
    first_bought,
    month_words,
    product_words,
    range_words,
    worth_between,
)
from cdm.choices import CustomerType, Temperature
from cdm.counting import kinds, number_of, worth_of
from cdm.dashboards.occasions import occasions
from cdm.models import CustomerSummary, Ownership
from cdm.saved_views import saved_views
from cdm.wording import money, number
from cdp.models import Membership
from profiles import listing
from profiles.choices import LifecycleStage
from profiles.exports.columns import Cell, ExportPart, export_parts
from profiles.keyset import Order
from profiles.listing import ListCard, ListColumn, ListFilter, ListPart, ListSort, Text

SUMMARY = "summaries"
MOST_MEMBERS = 200


def _one_of(values: Sequence[str]) -> Any:
    return lambda value: value if value in values else ""


def _id(value: str) -> str:
    try:
        return str(uuid.UUID(value))
    except ValueError:
        return ""


def _members(request: HttpRequest) -> Iterable[tuple[str, Text]]:
    membership: Membership | None = getattr(request, "membership", None)
    if membership is None:
        return []
    found = Membership.objects.filter(tenant=membership.tenant_id, is_active=True).select_related("user")
    return [(str(one.pk), one.shown_name) for one in found.order_by("user__name", "pk")[:MOST_MEMBERS]]


def _on_summary(column: str) -> Any:
    return lambda value: Q(**{f"{SUMMARY}__{column}": value})


FILTERS = {
    "customer_type": ListFilter(
        _("Buyer"),
        _one_of(CustomerType.values),
        _on_summary("customer_type"),
        lambda _request: CustomerType.choices,
    ),
    "temperature": ListFilter(
        _("Temperature"),
        _one_of(Temperature.values),
        _on_summary("temperature"),
        lambda _request: Temperature.choices,
    ),
    "owner": ListFilter(_("Agent"), _id, lambda value: Q(ownerships__owner=uuid.UUID(value)), _members),
    "first_bought": ListFilter(_("First bought in"), clean_month, first_bought, word=month_words),
    "bought": ListFilter(_("Bought in"), clean_month, bought, word=month_words),
    "bought_again": ListFilter(_("Bought again in"), clean_month, bought_again, word=month_words),
    "product": ListFilter(_("Bought"), clean_product, bought_product, word=product_words),
    "worth": ListFilter(_("Value"), clean_range, worth_between, word=range_words),
}


def _sort(label: Text, column: str, parse: Any, *, is_always_there: bool = True) -> ListSort:
    name = f"sorted_{column}"
    columns = {name: F(f"{SUMMARY}__{column}"), "summary_id": F(f"{SUMMARY}__id")}
    # Nullable in any case: a customer without a summary comes last.
    order = Order(name, nullable=True, parse=parse, tie="summary_id", is_joined=is_always_there)
    return ListSort(label, order, columns)


SORTS = {
    "value": _sort(_("Highest value"), "lifetime_value", Decimal),
    "orders": _sort(_("Most orders"), "orders", int),
    "ordered": _sort(_("Last order"), "last_order_at", datetime.fromisoformat, is_always_there=False),
}
# What of the summary an export of the list holds, under headings that an import takes for nothing of its own.
EXPORTED = {
    "buyer": "customer_type",
    "temperature": "temperature",
    "orders": "orders",
    "lifetime_value": "lifetime_value",
    "first_order": "first_order_at",
    "last_order": "last_order_at",
}
CELLS = "cdm/customers/_cell_{}.html"
COLUMNS = {
    "temperature": ListColumn(_("Temperature"), "", CELLS.format("temperature")),
    "value": ListColumn(_("Value"), "value", CELLS.format("value")),
    "orders": ListColumn(_("Orders"), "orders", CELLS.format("orders")),
    "ordered": ListColumn(_("Last order"), "ordered", CELLS.format("ordered")),
}


def _summaries(profile_ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, CustomerSummary]:
    return {row.profile_id: row for row in CustomerSummary.objects.filter(profile__in=profile_ids)}


def _owners(profile_ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, Membership]:
    rows = Ownership.objects.filter(profile__in=profile_ids).select_related("owner__user")
    return {row.profile_id: row.owner for row in rows if row.owner is not None}


def _cells(profile_ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, Sequence[Cell]]:
    summaries, owners = _summaries(profile_ids), _owners(profile_ids)
    return {
        profile_id: [
            *(getattr(summaries.get(profile_id), name, None) for name in EXPORTED.values()),
            owners[profile_id].shown_name if profile_id in owners else None,
        ]
        for profile_id in profile_ids
    }


def cards(currency: str) -> list[ListCard]:
    """Return the numbers on top of the list, each with the list behind it."""
    found = kinds()

    def of_type(value: str, label: Text, icon: str) -> ListCard:
        shown = number(number_of(found, customer_type=value))
        return ListCard(value, label, icon, shown, {"customer_type": value}, "-value")

    hot = number(number_of(found, temperature=Temperature.HOT))
    loyal = number(number_of(found, stage=LifecycleStage.LOYAL))
    return [
        of_type(CustomerType.VIP, _("VIP"), "star"),
        ListCard(
            "hot", _("Hot"), "local_fire_department", hot, {"temperature": Temperature.HOT.value}, "-value"
        ),
        of_type(CustomerType.NEW, _("New"), "person_add"),
        of_type(CustomerType.REPEAT, _("Repeat"), "repeat"),
        ListCard("loyal", _("Loyal"), "loyalty", loyal, {"stage": LifecycleStage.LOYAL.value}, "-value"),
        of_type(CustomerType.INACTIVE, _("Lapsed buyers"), "person_off"),
        ListCard("value", _("Lifetime value"), "payments", money(worth_of(found), currency), {}, "-value"),
    ]


def total(filters: Mapping[str, str]) -> int | None:
    """Return how many customers fit, where the tallies know."""
    names = {"customer_type": "customer_type", "temperature": "temperature", "stage": "stage"}
    if not filters or not filters.keys() <= names.keys():
        return None
    return number_of(kinds(), **filters)


def _today(request: HttpRequest, _query: str) -> Mapping[str, Any]:
    membership: Membership | None = getattr(request, "membership", None)
    if membership is None:
        return {"occasions": [], "more": 0}
    coming = occasions(membership.tenant, days=0)
    return {"occasions": coming.shown, "more": coming.more}


PARTS = {
    "views": ListPart("cdm/customers/_saved_views.html", saved_views, is_live=True),
    "today": ListPart("cdm/customers/_today.html", _today),
}


def add_to_list() -> None:
    """Put all this on the list; called once, when the app is ready."""
    for name, part in PARTS.items():
        listing.list_parts.register(name, part)
    for name, found in FILTERS.items():
        listing.list_filters.register(name, found)
    for name, sort in SORTS.items():
        listing.list_sorts.register(name, sort)
    for name, column in COLUMNS.items():
        listing.list_columns.register(name, column)
    listing.list_rows.register("summary", _summaries)
    listing.list_rows.register("owner", _owners)
    export_parts.register("standing", ExportPart([*EXPORTED, "agent"], _cells))
    listing.list_cards.register("standing", cards)
    listing.list_totals.register("tallies", total)
