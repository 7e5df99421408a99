"""Birthdays and anniversaries of the coming days, customers' and their families'."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cdm.choices import OccasionKind
from cdm.wording import due
from cdp.models import Tenant
from profiles.models import Profile

MOST_SHOWN = 12
_COMING = """
    SELECT customer_id, type, name, event_type, event_date, days_until_event, years
      FROM upcoming_birthdays_anniversaries
     WHERE tenant_id = %s AND days_until_event <= %s
     ORDER BY days_until_event, name, customer_id LIMIT %s
"""


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


def occasions(tenant: Tenant, *, days: int) -> list[Occasion]:
    """Return who is to be congratulated within so many days, today's first, in two statements."""
    with connection.cursor() as cursor:
        cursor.execute(_COMING, [tenant.pk, days, MOST_SHOWN])
        rows = cursor.fetchall()
    customers = {profile.pk: profile for profile in Profile.objects.filter(pk__in={row[0] for row in rows})}
    return [
        Occasion(
            profile_id=customer_id,
            customer_name=customers[customer_id].shown_name,
            name=name,
            is_relative=type_ != "customer",
            what=_what(event_type, years),
            on=on,
            days=until,
        )
        for customer_id, type_, name, event_type, on, until, years in rows
        if customer_id in customers
    ]


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
