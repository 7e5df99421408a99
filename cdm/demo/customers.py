"""What is already known of a demo company's customers: their story must not contradict it."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from cdm.choices import OrderKind
from cdm.models import OrderLine
from profiles.choices import ProfileType
from profiles.models import Profile

PEOPLE, COMPANIES = 120, 24
# Of those who did not say; what is told of their families goes by it.
USUAL_AGE = 38
OF_AGE = timedelta(days=18 * 366)
FIELDS = (
    *("pk", "name", "gender", "date_of_birth", "created_at", "membership_tier", "industry"),
    *("attributes__preferredLanguage", "metadata__demo__household"),
)


@dataclass(frozen=True)
class Customer:
    """One customer, and what they bought when, the oldest first."""

    id: uuid.UUID
    name: str
    gender: str
    born_on: date | None
    since: datetime
    is_member: bool
    industry: str
    language: str
    household: int | None
    bought: tuple[tuple[datetime, str], ...]

    def orders_of(self, sku: str, *, since: datetime) -> list[datetime]:
        """Return when they bought a product, any one for none, from a moment on."""
        return [at for at, known in self.bought if at >= since and sku in {"", known}]


def people_of_the_day() -> list[Customer]:
    """Return the grown-ups who were active last: those a newcomer looks at first."""
    people = Profile.objects.active().filter(type=ProfileType.INDIVIDUAL).exclude(first_name="")
    grown_up = people.exclude(date_of_birth__gt=timezone.now().date() - OF_AGE)
    return _known(grown_up.order_by("-last_activity_at", "pk")[:PEOPLE])


def companies_of_the_day() -> list[Customer]:
    """Return the companies who were active last."""
    companies = Profile.objects.active().filter(type=ProfileType.COMPANY)
    return _known(companies.order_by("-last_activity_at", "pk")[:COMPANIES])


def _known(profiles: QuerySet[Profile]) -> list[Customer]:
    rows = list(profiles.values_list(*FIELDS))
    bought = defaultdict(list)
    lines = OrderLine.objects.filter(order__profile__in=[row[0] for row in rows], order__kind=OrderKind.SALE)
    told = lines.exclude(product=None).order_by("order__ordered_at", "pk")
    for profile_id, at, sku in told.values_list("order__profile_id", "order__ordered_at", "product__sku"):
        bought[profile_id].append((at, sku))
    return [
        Customer(
            id=pk,
            name=name,
            gender=gender,
            born_on=born_on,
            since=min([since, *(at for at, _ in bought[pk])]),
            is_member=bool(tier),
            industry=industry,
            language=language or "en",
            household=household,
            bought=tuple(bought[pk]),
        )
        for pk, name, gender, born_on, since, tier, industry, language, household in rows
    ]
