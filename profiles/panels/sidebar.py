"""How to reach a customer, what other systems call them, and how they are grouped."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from cdp.permissions import PROFILE_WRITE
from profiles.choices import ContactKind, Source
from profiles.models import ContactPoint, ProfileIdentifier, Segment, Tag
from profiles.panels import PanelContext, Text
from profiles.panels.known_words import use_in_words

# A tenant may have thousands of each: the menus offer the first, the rest is found by typing.
MOST_OFFERED = 100

L = TypeVar("L", Tag, Segment)


@dataclass(frozen=True, slots=True)
class Address:
    """One e-mail address or phone."""

    id: uuid.UUID
    kind: str
    value: str
    type: str
    source: str
    is_primary: bool

    @property
    def is_phone(self) -> bool:
        """Tell whether it can be called."""
        return self.kind == ContactKind.PHONE


@dataclass(frozen=True, slots=True)
class ContactPoints:
    """Every way to reach the customer, the primary ones first."""

    emails: tuple[Address, ...]
    phones: tuple[Address, ...]
    kinds: Sequence[tuple[str, Text]] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether there is no way to reach the customer."""
        return not self.emails and not self.phones


def contact_points(context: PanelContext) -> ContactPoints:
    """Return e-mails and phones."""
    primary = {context.profile.email, context.profile.phone}
    found = [
        Address(
            point.pk, point.kind, point.value, use_in_words(point.type), point.source, point.value in primary
        )
        for point in ContactPoint.objects.filter(profile_id=context.profile.pk)
    ]
    found.sort(key=lambda address: not address.is_primary)
    return ContactPoints(
        emails=tuple(address for address in found if not address.is_phone),
        phones=tuple(address for address in found if address.is_phone),
        kinds=ContactKind.choices,
    )


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The ids other systems know the customer by."""

    rows: tuple[ProfileIdentifier, ...]
    sources: tuple[str, ...]


def identifiers(context: PanelContext) -> Identifiers:
    """Return the identifiers."""
    known = [source for source in Source.values if source != Source.MANUAL]
    return Identifiers(tuple(context.profile.identifiers.all()), tuple(known))


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags a customer carries, and others there are."""

    carried: tuple[Tag, ...]
    others: tuple[Tag, ...]


def tags(context: PanelContext) -> Tags:
    """Return the customer's tags, and the first of the others."""
    carried = sorted(
        (link.tag for link in context.profile.profile_tags.all()), key=lambda tag: tag.name.lower()
    )
    return Tags(tuple(carried), _others(context, Tag, carried))


@dataclass(frozen=True, slots=True)
class Segments:
    """The segments a customer is in, and others there are."""

    joined: tuple[Segment, ...]
    others: tuple[Segment, ...]


def segments(context: PanelContext) -> Segments:
    """Return the customer's segments, and the first of the others."""
    joined = list(Segment.objects.filter(memberships__profile_id=context.profile.pk))
    return Segments(tuple(joined), _others(context, Segment, joined))


def _others(context: PanelContext, model: type[L], taken: Sequence[L]) -> tuple[L, ...]:
    if not context.may(PROFILE_WRITE):
        return ()
    found = model._default_manager.exclude(pk__in=[row.pk for row in taken]).order_by("name")[:MOST_OFFERED]
    return tuple(found)
