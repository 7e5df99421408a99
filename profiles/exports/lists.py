"""The lists that can be exported, as the pages they stand on have registered them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import QueryDict

from cdp.models import Membership
from profiles.exports.errors import ListRefused
from profiles.keyset import Order
from profiles.querysets import ProfileQuerySet


@dataclass(frozen=True, slots=True)
class Listed:
    """The customers of a list, and the order they stand in."""

    customers: ProfileQuerySet
    order: Order


# Reads the query string of the list's address as the page does; raises ListRefused.
Reader = Callable[[QueryDict, Membership], Listed]
_readers: dict[str, Reader] = {}


def register(name: str, reader: Reader) -> None:
    """Let a list be exported under this name."""
    _readers[name] = reader


def read_list(name: str, filters: str, membership: Membership) -> Listed:
    """Return the list as the member sees it; raises ListRefused."""
    reader = _readers.get(name)
    if reader is None:
        raise ListRefused
    return reader(QueryDict(filters), membership)
