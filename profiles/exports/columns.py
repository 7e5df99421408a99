"""What a file of customers holds, under headings the import understands."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cdp.registries import Registry
from profiles.models import Profile
from profiles.querysets import ProfileQuerySet

Cell = str | int | Decimal | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, and what stands under it."""

    heading: str
    value: Callable[[Profile], Cell]
    is_computed: bool = False  # by this system: the import leaves it out


def _field(name: str, *, is_computed: bool = False) -> Column:
    return Column(name, lambda profile: getattr(profile, name), is_computed)


def _address(heading: str, key: str) -> Column:
    def value(profile: Profile) -> Cell:
        said: Any = profile.address.get(key) if isinstance(profile.address, dict) else None
        return "" if said is None else str(said)

    return Column(heading, value)


def _tags(profile: Profile) -> str:
    return ", ".join(sorted(link.tag.name for link in profile.profile_tags.all()))


COLUMNS: tuple[Column, ...] = (
    Column("profile_id", lambda profile: str(profile.pk)),
    _field("type"),
    _field("status", is_computed=True),
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
    _field("primary_source", is_computed=True),
    _field("created_at", is_computed=True),
    Column("tags", _tags),
)
HEADINGS = tuple(column.heading for column in COLUMNS)


@dataclass(frozen=True, slots=True)
class ExportPart:
    """Columns of an app further up: their headings, and what fills them for a page of customers."""

    headings: Sequence[str]
    # One cell per heading; a customer who is not in it has empty ones.
    fetch: Callable[[Sequence[uuid.UUID]], Mapping[uuid.UUID, Sequence[Cell]]]


export_parts: Registry[ExportPart] = Registry()
_UNREAD = ("search_text", "attributes", "metadata", "provenance", "merged_from")


def with_columns(customers: ProfileQuerySet) -> ProfileQuerySet:
    """Fetch what the columns need and no more, in two queries a page."""
    return customers.defer(*_UNREAD).prefetch_related(None).prefetch_related("profile_tags__tag")


def cells_of(profile: Profile) -> list[Cell]:
    """Return the customer as one row."""
    return [column.value(profile) for column in COLUMNS]


def all_headings() -> list[str]:
    """Return the headings of our own columns and of those of apps further up."""
    return [*HEADINGS, *(heading for part in export_parts for heading in part.headings)]


def computed_headings() -> list[str]:
    """Return the headings of what the import leaves out."""
    own = (column.heading for column in COLUMNS if column.is_computed)
    return [*own, *(heading for part in export_parts for heading in part.headings)]


def rows_of(page: Sequence[Profile]) -> Iterator[list[Cell]]:
    """Yield a page of customers as rows under `all_headings`."""
    ids = [profile.pk for profile in page]
    parts = [(part, part.fetch(ids)) for part in export_parts]
    for profile in page:
        row = cells_of(profile)
        for part, found in parts:
            row += found.get(profile.pk) or [None] * len(part.headings)
        yield row
