"""The rows of the list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from profiles.choices import ProfileType
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


def rows_of(customers: Iterable[Profile]) -> list[Row]:
    """Return a row per customer; tags and identifiers are prefetched."""
    return [_row(customer) for customer in customers]


def _row(customer: Profile) -> Row:
    tags = sorted((link.tag for link in customer.profile_tags.all()), key=lambda tag: tag.name.lower())
    named = [customer.primary_source, *(identifier.source for identifier in customer.identifiers.all())]
    return Row(
        customer=customer,
        is_company=customer.type == ProfileType.COMPANY,
        tags=tuple(tags[:TAGS_SHOWN]),
        more_tags=tuple(tag.name for tag in tags[TAGS_SHOWN:]),
        sources=tuple(source for source in dict.fromkeys(named) if source),
    )
