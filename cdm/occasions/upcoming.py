"""Whose birthdays and anniversaries come."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

from cdm.choices import OccasionKind
from cdm.occasions.days import ComingDay, coming_days
from cdm.occasions.statement import occasions_statement
from cdp.models import Tenant

BOTH = (OccasionKind.BIRTHDAY, OccasionKind.ANNIVERSARY)
MOST = 1000


@dataclass(frozen=True, slots=True)
class Occasion:
    """A birthday or anniversary that comes; ``event_date`` is None where only the month is known."""

    customer_id: uuid.UUID
    family_member_id: uuid.UUID | None
    relationship: str | None
    name: str
    phone: str
    email: str
    event_type: str
    event_date: date | None
    days_until_event: int | None
    key: int
    since: date | None
    partner: str | None
    partner_id: uuid.UUID | None = None

    @property
    def type(self) -> str:
        """Return whose it is: the customer's or of the family."""
        return "family" if self.family_member_id else "customer"

    @property
    def names(self) -> str:
        """Return everybody who is to be greeted."""
        return f"{self.name} & {self.partner}" if self.partner else self.name

    @property
    def of_partner(self) -> Occasion | None:
        """Return the same occasion as the partner's, where the partner is a customer."""
        if self.partner_id is None:
            return None
        return replace(self, customer_id=self.partner_id, partner_id=self.customer_id)

    @property
    def month_only(self) -> int | None:
        """Return the month, where that is all that is known."""
        return self.key // 100 if self.event_date is None else None

    @property
    def years(self) -> int | None:
        """Return which birthday or anniversary it is, where the year is known."""
        if self.since is None or self.event_date is None:
            return None
        return self.event_date.year - self.since.year


def upcoming(
    *,
    tenant: Tenant,
    days: int,
    kinds: tuple[OccasionKind, ...] = BOTH,
    now: datetime | None = None,
    limit: int = MOST,
    offset: int = 0,
) -> list[Occasion]:
    """Return what falls on the tenant's today and the ``days`` after it, the next first; months alone last.

    29 February falls on the 28th in common years. People who have died, are inactive or want no contact are
    left out, and so are their families; married customers have one anniversary.
    """
    today = timezone.localdate(now or timezone.now(), timezone=ZoneInfo(tenant.time_zone))
    return on_days(tenant, coming_days(today, days), kinds, limit=limit, offset=offset)


def on_days(
    tenant: Tenant,
    days: Sequence[ComingDay],
    kinds: tuple[OccasionKind, ...],
    *,
    limit: int = MOST,
    offset: int = 0,
) -> list[Occasion]:
    """Return what falls on these days, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(occasions_statement(kinds), _said(tenant, days, limit=limit, offset=offset))
        return [Occasion(*row) for row in cursor.fetchall()]


def count_on_days(tenant: Tenant, days: Sequence[ComingDay], kinds: tuple[OccasionKind, ...]) -> int:
    """Return how much falls on these days."""
    statement = f"SELECT count(*) FROM ({occasions_statement(kinds)}) AS said"  # noqa: S608 (our own text)
    with connection.cursor() as cursor:
        cursor.execute(statement, _said(tenant, days, limit=None, offset=0))
        return int(cursor.fetchone()[0])


def _said(tenant: Tenant, days: Sequence[ComingDay], *, limit: int | None, offset: int) -> dict[str, Any]:
    return {
        "tenant": tenant.pk,
        "keys": [day.key for day in days],
        "on": [day.on for day in days],
        "days": [day.days for day in days],
        "limit": limit,
        "offset": offset,
    }
