"""Birthdays and anniversaries of the coming days, customers' and their families'."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cdm.choices import OccasionKind
from cdm.occasions.days import coming_days
from cdm.occasions.upcoming import BOTH, count_on_days, on_days
from cdm.wording import due
from cdp.models import Tenant
from profiles.models import Profile

MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Occasion:
    """One day worth a greeting: whose, what, and through which customer they are reached."""

    profile_id: uuid.UUID
    customer_name: str
    name: str
    is_relative: bool
    what: str
    on: date
    days: int

    @property
    def when(self) -> str:
        """Return the day as people say it."""
        return due(self.on) if self.days <= 1 else str(date_format(self.on, "MONTH_DAY_FORMAT"))


@dataclass(frozen=True, slots=True)
class Coming:
    """The next occasions, and how many more there are."""

    shown: list[Occasion]
    more: int


def occasions(tenant: Tenant, *, days: int) -> Coming:
    """Return who is to be congratulated within so many days, today's first, in three statements at most.

    Days are looked up by index: the cost is that of what is found, however many customers there are.
    """
    today = timezone.localdate(timezone=ZoneInfo(tenant.time_zone))
    ahead = coming_days(today, days, with_months=False)
    found = on_days(tenant, ahead, BOTH, limit=MOST_SHOWN)
    number = count_on_days(tenant, ahead, BOTH) if len(found) == MOST_SHOWN else len(found)
    names = dict(Profile.objects.filter(pk__in={row.customer_id for row in found}).values_list("pk", "name"))
    shown = [
        Occasion(
            profile_id=row.customer_id,
            customer_name=names.get(row.customer_id, row.name),
            name=row.names,
            is_relative=row.family_member_id is not None,
            what=_what(row.event_type, row.years),
            on=row.event_date,
            days=row.days_until_event,
        )
        for row in found
        if row.event_date is not None and row.days_until_event is not None
    ]
    return Coming(shown, number - len(found))


def _what(event_type: str, years: int | None) -> str:
    label = str(OccasionKind(event_type).label)
    if not years:
        return label
    words = {"what": label, "years": years}
    return (
        _("%(what)s, turns %(years)d") % words
        if event_type == "birthday"
        else _("%(what)s, %(years)d years") % words
    )
