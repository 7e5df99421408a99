"""How much is left, and how much was done today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import timezone

from cdp.actors import Actor
from cdp.models import Tenant
from unify.deciding.progress import MOST_COUNTED, progress_of_the_day
from unify.models import ReviewCase


@dataclass(frozen=True, slots=True)
class Day:
    """Cases that wait (counted up to a bound), and those decided since midnight: by all, by this person."""

    waiting: int
    decided: int
    mine: int

    @property
    def waiting_shown(self) -> str:
        """Return how many wait, as pages show it."""
        return f"{MOST_COUNTED}+" if self.waiting > MOST_COUNTED else intcomma(self.waiting)

    @property
    def percent(self) -> int:
        """Return how much of the day's work is done, 0 to 100."""
        return 100 * self.decided // max(self.decided + self.waiting, 1)


def day_of(tenant: Tenant, by: Actor) -> Day:
    """Return the state of the day."""
    progress = progress_of_the_day(tenant, by)
    return Day(waiting=progress.left, decided=progress.everybody, mine=progress.mine)


def last_decided(by: Actor) -> ReviewCase | None:
    """Return the case the person decided last, if that was within a day."""
    mine = ReviewCase.objects.filter(decided_by=str(by), decided_at__gte=timezone.now() - timedelta(days=1))
    return mine.order_by("-decided_at").first()
