"""Filling a tenant with made-up customers, in batches that each are there as a whole or not at all."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from random import Random

from django.db import models, transaction
from django.utils import timezone

from cdp import audit
from cdp.actors import Actor
from cdp.ids import uuid7_at
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from profiles.demo import continuing, rows
from profiles.demo.journeys import MOST_ORDERS, Diary
from profiles.demo.record import Record
from profiles.demo.shops import shop_of
from profiles.demo.staging import Staging, analyse
from profiles.demo.stream import FIRST, Start, Stream
from profiles.demo.tags import COLORS
from profiles.models import (
    ContactPoint,
    CustomerEvent,
    Profile,
    ProfileIdentifier,
    ProfileTag,
    Segment,
    SegmentMembership,
    Tag,
)
from profiles.statistics import fold_tallies

BATCH = 10_000
Progress = Callable[[int, int], None]
BY = Actor.system("make_customers")
_FILLED: tuple[type[models.Model], ...] = (
    Profile,
    ContactPoint,
    ProfileIdentifier,
    ProfileTag,
    SegmentMembership,
    CustomerEvent,
)


def load(
    tenant: Tenant,
    count: int,
    seed: int = 1,
    *,
    events_per_customer: float = 0.0,
    until: datetime | None = None,
    batch: int = BATCH,
    progress: Progress | None = None,
) -> int:
    """Add ``count`` made-up customers, the last at ``until`` (now), and return how many there were added.

    A second run adds others: it goes on where the tenant's numbers, e-mails and phones end.
    """
    done = 0
    with tenant_context(tenant):
        start = continuing.start()
        stream = Stream(count, region=tenant.region, seed=seed, until=until or timezone.now(), start=start)
        continuing.remember(stream.population)
        tables = _Tables(_diary(tenant, seed, start, events_per_customer))
        for chunk in _batches(iter(stream), batch):
            _load_batch(tenant, tables, chunk)
            if done == 0 and start == FIRST:
                # Else foreign keys go on being checked by plans made when the tables were empty.
                analyse(*_FILLED)
            done += len(chunk)
            if progress is not None:
                progress(done, count)
        fold_tallies()
        analyse(*_FILLED)
    return done


def _diary(tenant: Tenant, seed: int, start: Start, per_customer: float) -> Diary:
    rng = Random(f"{seed} {start.person}")  # noqa: S311 (people who do not exist)
    first_order = start.record * MOST_ORDERS
    return Diary(
        rng,
        per_customer=per_customer,
        currency=tenant.currency,
        first_order=first_order,
        shop=shop_of(tenant.slug),
    )


def _batches(records: Iterator[Record], size: int) -> Iterator[list[Record]]:
    while chunk := list(islice(records, size)):
        yield chunk


@transaction.atomic
def _load_batch(tenant: Tenant, tables: _Tables, records: list[Record]) -> None:
    tables.insert(records)
    audit.record(verb="customers.make", obj=tenant, by=BY, changes={"customers": (None, len(records))})


class _Tables:
    """The tables of one run, and the ids of the labels that are put on customers."""

    def __init__(self, diary: Diary) -> None:
        self._diary = diary
        self._tags = {name: _tag(name, color).pk for name, color in COLORS.items()}
        self._segments = {name: _segment(name, text).pk for name, text in rows.SEGMENTS.items()}
        self._profiles = Staging(Profile, rows.PROFILE_FIELDS)
        self._contacts = Staging(ContactPoint, rows.CONTACT_FIELDS)
        self._identifiers = Staging(ProfileIdentifier, rows.IDENTIFIER_FIELDS)
        self._profile_tags = Staging(ProfileTag, (*rows.LABEL_FIELDS, "tag"))
        self._memberships = Staging(SegmentMembership, (*rows.LABEL_FIELDS, "segment"))
        self._events = Staging(CustomerEvent, rows.EVENT_FIELDS)

    def insert(self, records: list[Record]) -> None:
        """Insert the records and all that belongs to them."""
        known: list[tuple[Record, uuid.UUID]] = [(record, uuid7_at(record.created_at)) for record in records]
        self._profiles.insert(rows.profile_row(record, pk) for record, pk in known)
        self._contacts.insert(row for record, pk in known for row in rows.contact_rows(record, pk))
        self._identifiers.insert(row for record, pk in known for row in rows.identifier_rows(record, pk))
        self._profile_tags.insert(
            row for record, pk in known for row in rows.tag_rows(record, pk, self._tags)
        )
        self._memberships.insert(
            row for record, pk in known for row in rows.segment_rows(record, pk, self._segments)
        )
        self._events.insert(
            rows.event_row(event, pk) for record, pk in known for event in self._diary.events(record)
        )


def _tag(name: str, color: str) -> Tag:
    defaults = {"color": color, "created_by": str(BY), "updated_by": str(BY)}
    return Tag.objects.get_or_create(name=name, defaults=defaults)[0]


def _segment(name: str, description: str) -> Segment:
    defaults = {"description": description, "created_by": str(BY), "updated_by": str(BY)}
    return Segment.objects.get_or_create(name=name, defaults=defaults)[0]
