"""The rows of the list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from profiles.choices import ProfileType
from profiles.listing import list_rows
from profiles.models import Profile, Tag

TAGS_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One customer as the list shows it."""

    customer: Profile
    is_company: bool
    tags: tuple[Tag, ...]
    more_tags: tuple[str, ...]
    sources: tuple[str, ...]
    more: Mapping[str, Any]


def rows_of(customers: Iterable[Profile]) -> list[Row]:
    """Return a row per customer; tags and identifiers are prefetched, what apps add is fetched once."""
    found = list(customers)
    ids = [customer.pk for customer in found]
    added = {key: fetch(ids) for key, fetch in list_rows.items()} if ids else {}
    return [
        _row(customer, {key: values.get(customer.pk) for key, values in added.items()}) for customer in found
    ]


def _row(customer: Profile, more: Mapping[str, Any]) -> Row:
    tags = sorted((link.tag for link in customer.profile_tags.all()), key=lambda tag: tag.name.lower())
    named = [customer.primary_source, *(identifier.source for identifier in customer.identifiers.all())]
    return Row(
        customer=customer,
        is_company=customer.type == ProfileType.COMPANY,
        tags=tuple(tags[:TAGS_SHOWN]),
        more_tags=tuple(tag.name for tag in tags[TAGS_SHOWN:]),
        sources=tuple(source for source in dict.fromkeys(named) if source),
        more=more,
    )
