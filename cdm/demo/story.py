"""Making the demo companies' working day, through the verbs people use."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from cdm.demo.cape_outdoors import CAPE_OUTDOORS
from cdm.demo.customers import Customer
from cdm.demo.siam_retail import SIAM_RETAIL
from cdm.demo.words import Words
from cdp import demo
from cdp.actors import Actor
from cdp.models import Tenant

OPENS, CLOSES = 9, 17
SUNDAY = 6
WORDS = {demo.TENANT_SLUG: SIAM_RETAIL, demo.SECOND_TENANT_SLUG: CAPE_OUTDOORS}


@dataclass(frozen=True)
class Story:
    """One company's people, and the chance that decides what they do: always the same."""

    tenant: Tenant
    actors: Sequence[Actor]
    people: list[Customer]
    companies: list[Customer]
    random: Random
    now: datetime = field(default_factory=timezone.now)
    no_calls: set[uuid.UUID] = field(default_factory=set)

    @property
    def words(self) -> Words:
        """Return what the company's people say."""
        return WORDS.get(self.tenant.slug, SIAM_RETAIL)

    @cached_property
    def zone(self) -> ZoneInfo:
        """Return where the company's clock stands."""
        return ZoneInfo(self.tenant.time_zone)

    @property
    def today(self) -> date:
        """Return the company's day."""
        return self.now.astimezone(self.zone).date()

    @cached_property
    def _agents(self) -> dict[uuid.UUID, Actor]:
        everybody = [*self.people, *self.companies]
        return {one.id: self.actors[place % len(self.actors)] for place, one in enumerate(everybody)}

    def agent_of(self, customer: Customer) -> Actor:
        """Return who looks after a customer."""
        return self._agents[customer.id]

    def verb(self, customer: Customer) -> dict[str, Any]:
        """Return whom a verb is about and who does it."""
        return {"tenant": self.tenant, "by": self.agent_of(customer), "profile_id": customer.id}

    def between(self, low: datetime, high: datetime) -> datetime:
        """Return any moment between two."""
        return low + (high - low) * self.random.random()

    def since(self, customer: Customer, days: float) -> datetime:
        """Return the start of the last days, or when the customer came where that is later."""
        return max(customer.since, self.now - timedelta(days=days))

    def at_work(self, moment: datetime) -> datetime:
        """Return a moment of the same day at which people work, Saturday's for a Sunday; never to come."""
        local = moment.astimezone(self.zone)
        day = local.date() - timedelta(days=1 if local.weekday() == SUNDAY else 0)
        at = time(self.random.randrange(OPENS, CLOSES), self.random.randrange(60))
        return min(datetime.combine(day, at, self.zone), self.now - timedelta(minutes=20))
