"""What a file of customers holds, under headings the import understands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from profiles.models import Profile
from profiles.querysets import ProfileQuerySet

Cell = str | int | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, and what stands under it."""

    heading: str
    value: Callable[[Profile], Cell]


def _field(name: str) -> Column:
    return Column(name, lambda profile: getattr(profile, name))


def _address(heading: str, key: str) -> Column:
    def value(profile: Profile) -> Cell:
        said: Any = profile.address.get(key) if isinstance(profile.address, dict) else None
        return "" if said is None else str(said)

    return Column(heading, value)


def _tags(profile: Profile) -> str:
    return ", ".join(sorted(link.tag.name for link in profile.profile_tags.all()))


COLUMNS: tuple[Column, ...] = (
    Column("id", lambda profile: str(profile.pk)),
    _field("type"),
    _field("status"),
    _field("name"),
    _field("first_name"),
    _field("last_name"),
    _field("company_name"),
    _field("email"),
    _field("phone"),
    _address("street", "street"),
    _address("city", "city"),
    _address("state", "state"),
    _address("postal_code", "postalCode"),
    _address("country", "country"),
    _field("date_of_birth"),
    _field("gender"),
    _field("lifecycle_stage"),
    _field("membership_tier"),
    _field("member_id"),
    _field("company_tax_id"),
    _field("industry"),
    _field("company_size"),
    _field("website"),
    _field("primary_source"),
    _field("created_at"),
    Column("tags", _tags),
)
HEADINGS = tuple(column.heading for column in COLUMNS)
_UNREAD = ("search_text", "attributes", "metadata", "provenance", "merged_from")


def with_columns(customers: ProfileQuerySet) -> ProfileQuerySet:
    """Fetch what the columns need and no more, in two queries a page."""
    return customers.defer(*_UNREAD).prefetch_related(None).prefetch_related("profile_tags__tag")


def cells_of(profile: Profile) -> list[Cell]:
    """Return the customer as one row."""
    return [column.value(profile) for column in COLUMNS]
