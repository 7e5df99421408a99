"""What apps further up add to the list of customers: filters, orders, columns, numbers, parts of the page."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import Promise

from cdp.registries import Registry
from profiles.keyset import Order

if TYPE_CHECKING:
    from profiles.querysets import ProfileQuerySet

Text = str | Promise


@dataclass(frozen=True, slots=True)
class ListFilter:
    """One filter of the list, with a menu above it unless it is only reached by links.

    ``clean`` returns "" for a value nobody could have chosen. ``where`` is the condition on a customer: all
    go into one, so that those of one relation share its join. ``word`` says a value of no menu.
    """

    label: Text
    clean: Callable[[str], str]
    where: Callable[[str], Q]
    choices: Callable[[HttpRequest], Iterable[tuple[str, Text]]] | None = None
    word: Callable[[str], Text] = str

    def words(self, request: HttpRequest, value: str) -> Text:
        """Return a value as people read it."""
        known = dict(self.choices(request)) if self.choices is not None else {}
        return known.get(value) or self.word(value)


@dataclass(frozen=True, slots=True)
class ListSort:
    """One more order of the list; ``columns`` are put on each row, and the order is made of them."""

    label: Text
    order: Order
    columns: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One more column: its heading, the sort it offers ("" for none), and the template of its cell."""

    title: Text
    sort: str
    template: str


@dataclass(frozen=True, slots=True)
class ListCard:
    """A number on top of the list with the list behind it; it may be written in words, such as money."""

    key: str
    label: Text
    icon: str
    shown: str
    filters: Mapping[str, str]
    sort: str = ""


# Name in the address -> menu.
list_filters: Registry[ListFilter] = Registry()
# Name in the address, without its sign -> order, descending first.
list_sorts: Registry[ListSort] = Registry()
list_columns: Registry[ListColumn] = Registry()
# What cells need, fetched once a page: ids of customers -> id -> anything, as ``row.more.<key>``.
list_rows: Registry[Callable[[Sequence[uuid.UUID]], Mapping[uuid.UUID, Any]]] = Registry()
# Cards shown after "All customers", in place of those this app has.
list_cards: Registry[Callable[[str], list[ListCard]]] = Registry()
# How many customers fit these filters, where that is known without counting; None where it is not.
list_totals: Registry[Callable[[Mapping[str, str]], int | None]] = Registry()


@dataclass(frozen=True, slots=True)
class ListPart:
    """A template above the list, and what it shows of the list's query string.

    A live one is shown anew whenever the list is.
    """

    template: str
    query: Callable[[HttpRequest, str], Mapping[str, Any]]
    is_live: bool = False


list_parts: Registry[ListPart] = Registry()


def sort_choices() -> dict[str, tuple[Order, Mapping[str, Any], Text]]:
    """Return the added orders by their name in the address, the opposite ones included."""
    found: dict[str, tuple[Order, Mapping[str, Any], Text]] = {}
    for name, sort in list_sorts.items():
        found[f"-{name}"] = (sort.order, sort.columns, sort.label)
        found[name] = (sort.order.reversed(), sort.columns, "")
    return found


def kept(customers: ProfileQuerySet, chosen: Mapping[str, str]) -> ProfileQuerySet:
    """Keep the customers the added filters ask for, in one condition."""
    condition = Q()
    for name, value in chosen.items():
        found = list_filters.get(name)
        if found is not None:
            condition &= found.where(value)
    return customers.filter(condition) if condition else customers
