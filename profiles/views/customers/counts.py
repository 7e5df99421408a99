"""Numbers on the list, from the tallies alone: the same cost at ten and at a million customers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, Sum, Value, When
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from profiles.keyset import Page
from profiles.listing import ListCard, list_cards, list_totals
from profiles.models import Profile, ProfileTally
from profiles.querysets import ProfileQuerySet
from profiles.views.customers.query import DEFAULT_SORT, RECENT, VISIBLE, ListQuery, recent_since

MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Count:
    """How many customers of one kind there are."""

    type: str
    status: str
    stage: str
    is_recent: bool
    number: int


@dataclass(frozen=True, slots=True)
class Card:
    """A number with the list behind it."""

    key: str
    label: str | Promise
    icon: str
    shown: str
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Total:
    """How many customers the list has; ``is_capped`` when counting stopped there."""

    number: int
    is_capped: bool = False


def counts() -> list[Count]:
    """Return the number of customers of every kind, in one query."""
    recent = Case(
        When(created_on__gte=recent_since().date(), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    rows = (
        ProfileTally.objects.filter(status__in=VISIBLE)
        .annotate(recent=recent)
        .values_list("type", "status", "lifecycle_stage", "recent")
        .annotate(number=Sum("delta"))
        .order_by()
    )
    return [Count(*row) for row in rows]


def cards(found: Iterable[Count], query: ListQuery, currency: str) -> list[Card]:
    """Return the cards on top of the list: how many there are, and what apps further up count."""
    numbers = list(found)
    own: list[tuple[str, str | Promise, str, dict[str, Any]]] = [
        ("total", _("All customers"), "groups", {}),
        ("recent", _("Added in 30 days"), "person_add", {"created": RECENT}),
    ]
    return [
        Card(key, label, icon, _shown(_sum(numbers, behind)), behind.address(), _is_current(query, filters))
        for key, label, icon, filters in own
        for behind in [ListQuery(**filters)]
    ] + [_added(card, query) for make in list_cards for card in make(currency)]


def _is_current(query: ListQuery, filters: Mapping[str, str], sort: str = "") -> bool:
    is_sorted = query.sort == sort if sort else query.sort == DEFAULT_SORT
    return query.filters == dict(filters) and (bool(filters) or is_sorted)


def _added(card: ListCard, query: ListQuery) -> Card:
    behind = ListQuery().address(**card.filters, **({"sort": card.sort} if card.sort else {}))
    is_current = _is_current(query, card.filters, card.sort)
    return Card(card.key, card.label, card.icon, card.shown, behind, is_current)


def numbers_of(found: Iterable[Count], field: str) -> dict[str, int]:
    """Return the number of customers for each value of ``type``, ``status`` or ``stage``."""
    numbers: dict[str, int] = {}
    for count in found:
        value = getattr(count, field)
        numbers[value] = numbers.get(value, 0) + count.number
    return numbers


def total(found: Iterable[Count], query: ListQuery, customers: ProfileQuerySet, page: Page[Profile]) -> Total:
    """Return how many customers the list has: exactly where the tallies know, else counted up to 10,000."""
    if query.is_tallied:
        return Total(_sum(found, query))
    known = next((number for count in list_totals if (number := count(query.filters)) is not None), None)
    if known is not None:
        return Total(known)
    if not page.previous and not page.next:
        return Total(len(page.rows))
    number = customers.order_by()[: MOST_COUNTED + 1].count()
    return Total(min(number, MOST_COUNTED), is_capped=number > MOST_COUNTED)


def _shown(number: int) -> str:
    return str(number_format(number, force_grouping=True))


def _sum(found: Iterable[Count], query: ListQuery) -> int:
    return sum(
        count.number
        for count in found
        if query.type in {"", count.type}
        and query.status in {"", count.status}
        and query.stage in {"", count.stage}
        and (not query.created or count.is_recent)
    )
