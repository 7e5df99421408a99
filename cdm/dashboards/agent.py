"""The agent's day: whom to call, what was promised, whose birthday it is, and what is done already."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils import timezone

from cdm.choices import CallListName, InteractionType
from cdm.days import end_of, start_of
from cdm.models import ActivityTask, CustomerSummary, Deal, Interaction
from cdm.recommendations import call_list
from cdm.recommending.recommended import CustomerRecommendation
from cdp.models import Membership, Tenant

CALLS_SHOWN = 25
TASKS_SHOWN = 12
DEALS_SHOWN = 8
REASONS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Call:
    """One customer to call, with the facts an agent looks at before dialling."""

    found: CustomerRecommendation
    summary: CustomerSummary | None

    @property
    def why(self) -> tuple[str, ...]:
        """Return what speaks most for calling."""
        told = sorted(self.found.reasons, key=lambda reason: -reason.points)
        return tuple(str(reason.text) for reason in told if reason.points > 0 and reason.text)[:REASONS_SHOWN]

    @property
    def products(self) -> tuple[str, ...]:
        """Return the names of what to offer."""
        return tuple(one.name or one.sku for one in self.found.recommended_products)[:REASONS_SHOWN]


@dataclass(frozen=True, slots=True)
class Progress:
    """What the agent has done today."""

    calls: int
    talks: int
    tasks_done: int
    tasks_open: int

    @property
    def others(self) -> int:
        """Return how many talks were no calls."""
        return self.talks - self.calls

    @property
    def share(self) -> int:
        """Return how much of what was promised for today is done, 0 to 100."""
        promised = self.tasks_done + self.tasks_open
        return 100 * self.tasks_done // promised if promised else 0


@dataclass(frozen=True, slots=True)
class MyDeals:
    """The agent's open deals."""

    rows: tuple[Deal, ...]
    number: int
    amounts: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Promised:
    """What is to be done today, and how much more there is than is shown."""

    rows: tuple[ActivityTask, ...]
    more: int


def calls_of(tenant: Tenant, name: str) -> list[Call]:
    """Return today's list, best first."""
    found = call_list(tenant, name, CALLS_SHOWN)
    summaries = _summaries(one.profile.pk for one in found)
    return [Call(one, summaries.get(one.profile.pk)) for one in found]


def list_named(name: str) -> str:
    """Return the list an address names; the first one for anything else."""
    return name if name in CallListName.values else CallListName.MOST_VALUABLE.value


def _summaries(profile_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, CustomerSummary]:
    return {row.profile_id: row for row in CustomerSummary.objects.filter(profile__in=list(profile_ids))}


def promised(member: Membership) -> Promised:
    """Return what the agent promised for today or earlier, and what nobody has taken, soonest first."""
    until = end_of(timezone.localdate())
    open_ones = ActivityTask.objects.filter(done_at__isnull=True, due_at__lt=until)
    # Apart, because a condition that joins mine and nobody's uses no index.
    parts = [open_ones.filter(owner=member), open_ones.filter(owner__isnull=True)]
    found = [
        task
        for part in parts
        for task in part.select_related("profile").order_by("due_at", "id")[:TASKS_SHOWN]
    ]
    shown = sorted(found, key=lambda task: (task.due_at or until, task.pk))[:TASKS_SHOWN]
    return Promised(tuple(shown), sum(part.count() for part in parts) - len(shown))


def progress_of(member: Membership) -> Progress:
    """Count what the agent did since midnight in the company's time zone."""
    begin, end = start_of(timezone.localdate()), end_of(timezone.localdate())
    talked: dict[str, Any] = Interaction.objects.filter(
        agent=member, occurred_at__gte=begin, occurred_at__lt=end
    ).aggregate(talks=Count("pk"), calls=Count("pk", filter=Q(type=InteractionType.CALL)))
    mine = ActivityTask.objects.filter(owner=member)
    return Progress(
        calls=talked["calls"],
        talks=talked["talks"],
        tasks_done=mine.filter(done_at__gte=begin, done_at__lt=end).count(),
        tasks_open=mine.filter(done_at__isnull=True, due_at__lt=end).count(),
    )


def deals_of(member: Membership) -> MyDeals:
    """Return the agent's open deals, those expected first on top, with their sums by currency."""
    mine = Deal.objects.filter(owner=member, closed_at__isnull=True)
    sums = mine.order_by("currency").values_list("currency").annotate(number=Count("pk"), total=Sum("amount"))
    by_currency = list(sums)
    rows = mine.select_related("profile").order_by("expected_on", "id")[:DEALS_SHOWN]
    return MyDeals(
        rows=tuple(rows),
        number=sum(number for _currency, number, _total in by_currency),
        amounts=tuple((currency, total) for currency, _number, total in by_currency),
    )
