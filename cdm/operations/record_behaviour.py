"""Keeping what customers do in the shop."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from cdm.customers import survivors
from cdm.models import BehaviourEvent
from cdm.operations.refresh_summaries import refresh_summaries
from cdm.products_named import categories_named, products_named
from cdm.records.behaviour import BehaviourRecord
from cdp.actors import Actor
from cdp.models import Tenant
from profiles.errors import ProfileNotFound
from profiles.models import Profile

_NOTE_ACTIVITY = """
    UPDATE {profiles} p SET last_activity_at = GREATEST(p.last_activity_at, said.at)
    FROM unnest(%(ids)s::uuid[], %(moments)s::timestamptz[]) AS said (id, at)
    WHERE p.tenant_id = %(tenant)s AND p.id = said.id
"""


@transaction.atomic
def record_behaviour(
    *, tenant: Tenant, by: Actor, records: Sequence[tuple[uuid.UUID, BehaviourRecord]]
) -> list[BehaviourEvent]:
    """Keep what customers did, many at once, in a constant number of statements.

    What belongs to somebody merged goes to the survivor. Events are themselves the record of what happened,
    so they write no audit entry. Raises ProfileNotFound.
    """
    whose = lock_customers({profile_id for profile_id, _ in records})
    products = products_named({record.product_id for _, record in records})
    categories = categories_named({record.category_id for _, record in records})
    now = timezone.now()
    rows = [
        BehaviourEvent(
            profile_id=whose[profile_id],
            type=record.behavior_type,
            product_id=products.get(record.product_id),
            category_id=categories.get(record.category_id),
            product_ref="" if record.product_id in products else record.product_id,
            category_ref="" if record.category_id in categories else record.category_id,
            query=record.query,
            session_id=record.session_id,
            device_type=record.device_type,
            occurred_at=record.occurred_at or now,
        )
        for profile_id, record in records
    ]
    BehaviourEvent.objects.bulk_create(rows, batch_size=1000)
    note_activities(tenant, _latest(rows))
    refresh_summaries(tenant=tenant, profile_ids=set(whose.values()))
    return rows


def lock_customers(profile_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, uuid.UUID]:
    """Return {id: customer it stands for}, those locked in the order of their keys; raises ProfileNotFound.

    Somebody merged while the locks were waited for is asked for again.
    """
    while True:
        whose = survivors(profile_ids)
        if len(whose) < len(profile_ids):
            raise ProfileNotFound
        wanted = set(whose.values())
        rows = Profile.objects.select_for_update().visible().filter(pk__in=wanted).order_by("pk")
        if len(rows.values_list("pk", flat=True)) == len(wanted):
            return whose


def note_activities(tenant: Tenant, latest: Mapping[uuid.UUID, datetime]) -> None:
    """Move customers' last activity to these moments, where they are later, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            _NOTE_ACTIVITY.format(profiles=Profile._meta.db_table),
            {"tenant": tenant.pk, "ids": list(latest), "moments": list(latest.values())},
        )


def _latest(rows: Sequence[BehaviourEvent]) -> dict[uuid.UUID, datetime]:
    latest: dict[uuid.UUID, datetime] = {}
    for row in rows:
        latest[row.profile_id] = max(row.occurred_at, latest.get(row.profile_id, row.occurred_at))
    return latest
