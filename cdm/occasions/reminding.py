"""Reminding agents of their customers' birthdays and anniversaries, once each."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from cdm.choices import OccasionKind, TaskKind
from cdm.models import ActivityTask, OccasionReminder, Ownership
from cdm.occasions.days import coming_days
from cdm.occasions.upcoming import BOTH, Occasion, on_days
from cdm.operations.rules_of import rules_of
from cdp import audit
from cdp.actors import Actor
from cdp.ids import uuid7
from cdp.models import Tenant

BY = Actor.system("birthdays")
MORNING = time(7, 0)
AT_ONCE = 2000
_REMIND = """
    INSERT INTO {reminders} (id, tenant_id, profile_id, family_member_id, kind, occurs_on, created_at)
    SELECT id, %(tenant)s, customer, relative, kind, occurs_on, %(now)s
      FROM unnest(%(ids)s::uuid[], %(customers)s::uuid[], %(relatives)s::uuid[], %(kinds)s::text[],
                  %(dates)s::date[]) AS said (id, customer, relative, kind, occurs_on)
    ON CONFLICT DO NOTHING RETURNING id
"""


def remind(*, tenant: Tenant, now: datetime | None = None) -> int:
    """Make a reminder and a task of every occasion that is near, of customers somebody looks after.

    The agents of both are reminded of a couple's day, where the two have different ones. Once each, however
    often it is called; what a day without a worker has left out is made up for, because everything up to
    ``reminder_days`` ahead is looked at. Before the tenant's morning nothing is done. Months whose day is not
    known are shown in lists, and nobody is reminded of them. Returns how many are new.
    """
    at = now or timezone.now()
    here = at.astimezone(ZoneInfo(tenant.time_zone))
    if here.time() < MORNING:
        return 0
    days = coming_days(here.date(), rules_of(tenant).reminder_days, with_months=False)
    made = offset = 0
    while found := on_days(tenant, days, BOTH, limit=AT_ONCE, offset=offset):
        made += _remind(tenant, found, at)
        offset += AT_ONCE
    return made


@transaction.atomic
def _remind(tenant: Tenant, found: Sequence[Occasion], now: datetime) -> int:
    owners = _owners({pk for one in found for pk in (one.customer_id, one.partner_id) if pk})
    told = _told(found)
    owned = {uuid7(): each for one in found for each in _once_per_agent(one, owners, told)}
    new = _insert(tenant, owned, now)
    tasks = [_task(tenant, owned[pk], owners[owned[pk].customer_id]) for pk in new]
    known = set(
        ActivityTask.objects.filter(origin__in=[task.origin for task in tasks]).values_list(
            "origin", flat=True
        )
    )
    fresh = [task for task in tasks if task.origin not in known]
    ActivityTask.objects.bulk_create(fresh, batch_size=500, ignore_conflicts=True)
    entries: list[tuple[ActivityTask, dict[str, list[Any]]]] = [
        (task, {"title": [None, task.title], "due_at": [None, task.due_at]}) for task in fresh
    ]
    audit.record_many(verb="task.create", entries=entries, by=BY)
    return len(new)


def _told(found: Sequence[Occasion]) -> set[tuple[uuid.UUID, date]]:
    """Return of whom of the couples, and of which day, somebody was reminded already."""
    couples = {pk for one in found if one.partner_id for pk in (one.customer_id, one.partner_id)}
    if not couples:
        return set()
    rows = OccasionReminder.objects.filter(
        profile__in=couples, family_member=None, kind=OccasionKind.ANNIVERSARY
    )
    days = {one.event_date for one in found if one.partner_id and one.event_date}
    return set(rows.filter(occurs_on__in=days).values_list("profile_id", "occurs_on"))


def _once_per_agent(
    one: Occasion, owners: Mapping[uuid.UUID, uuid.UUID], told: Collection[tuple[uuid.UUID, date]]
) -> list[Occasion]:
    """Return the occasion as of the customer, and as of the partner where another agent looks after them."""
    both = [each for each in (one, one.of_partner) if each is not None and each.customer_id in owners]
    # The agents may have changed since: whom somebody was reminded of stands for the other.
    both.sort(key=lambda each: (each.customer_id, each.event_date) not in told)
    by_agent: dict[uuid.UUID, Occasion] = {}
    for each in both:
        by_agent.setdefault(owners[each.customer_id], each)
    return list(by_agent.values())


def _owners(customers: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    rows = Ownership.objects.filter(profile__in=set(customers), owner__is_active=True)
    return dict(rows.values_list("profile_id", "owner_id"))


def _insert(tenant: Tenant, owned: Mapping[uuid.UUID, Occasion], now: datetime) -> list[uuid.UUID]:
    if not owned:
        return []
    rows = list(owned.values())
    said: dict[str, Any] = {
        "tenant": tenant.pk,
        "now": now,
        "ids": list(owned),
        "customers": [one.customer_id for one in rows],
        "relatives": [one.family_member_id for one in rows],
        "kinds": [one.event_type for one in rows],
        "dates": [one.event_date for one in rows],
    }
    with connection.cursor() as cursor:
        cursor.execute(_REMIND.format(reminders=OccasionReminder._meta.db_table), said)
        return [pk for (pk,) in cursor.fetchall()]


def _task(tenant: Tenant, occasion: Occasion, owner: uuid.UUID) -> ActivityTask:
    on = occasion.event_date
    assert on is not None  # noqa: S101 (months alone are not looked for)
    zone = ZoneInfo(tenant.time_zone)
    whose = occasion.family_member_id or occasion.customer_id
    return ActivityTask(
        profile_id=occasion.customer_id,
        kind=TaskKind.GREETING,
        title=title_of(occasion)[:255],
        due_at=datetime.combine(on, time(9, 0), tzinfo=zone),
        owner_id=owner,
        origin=f"{occasion.event_type}:{whose}:{on.year}",
        created_by=str(BY),
        updated_by=str(BY),
    )


def title_of(occasion: Occasion) -> str:
    """Return what is to be done, in words."""
    on = occasion.event_date
    assert on is not None  # noqa: S101 (months alone are not looked for)
    words = {"name": occasion.names, "day": date_format(on, "MONTH_DAY_FORMAT")}
    if occasion.event_type == OccasionKind.BIRTHDAY:
        return gettext("Birthday of %(name)s on %(day)s") % words
    return gettext("Anniversary of %(name)s on %(day)s") % words
