"""Amounts, lengths of time and counts as people read them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

CENTS_SHOWN_BELOW = 1000
MINUTE, HOUR = 60, 3600


def money(amount: Any, currency: str) -> str:
    """Return "1,250 THB"; small amounts with their hundredths where they have some."""
    value = Decimal(str(amount if amount is not None else 0))
    places = 0 if value == value.to_integral_value() or abs(value) >= CENTS_SHOWN_BELOW else 2
    shown = value.quantize(Decimal(1) if not places else Decimal("0.01"), ROUND_HALF_UP)
    return f"{number_format(shown, decimal_pos=places, force_grouping=True)} {currency}".strip()


def number(value: Any) -> str:
    """Return a count with its thousands apart."""
    return str(number_format(value or 0, force_grouping=True))


def percent(share: float) -> str:
    """Return a share of one as "42 %"."""
    return f"{round(share * 100)} %"


def length(seconds: int | None) -> str:
    """Return "3 min 20 s", "1 h 5 min", or "" where nobody said."""
    if seconds is None:
        return ""
    if seconds < MINUTE:
        return _("%(seconds)d s") % {"seconds": seconds}
    if seconds < HOUR:
        minutes, rest = divmod(seconds, MINUTE)
        words = {"minutes": minutes, "seconds": rest}
        return _("%(minutes)d min %(seconds)d s") % words if rest else _("%(minutes)d min") % words
    hours, rest = divmod(seconds, HOUR)
    words = {"hours": hours, "minutes": rest // MINUTE}
    return _("%(hours)d h %(minutes)d min") % words if words["minutes"] else _("%(hours)d h") % words


def day(value: date | None) -> str:
    """Return a day as the language writes it."""
    return str(date_format(value, "DATE_FORMAT")) if value else ""


def partial_day(whole: date | None, partial: str) -> str:
    """Return a birthday or anniversary of which perhaps only a part is known: "15 May", "May"."""
    if whole:
        return day(whole)
    if not partial:
        return ""
    known = partial.removeprefix("--").split("-")
    # 2000 was a leap year: the 29 February of a year nobody knows exists in it.
    moment = date(2000, int(known[0]), int(known[1]) if len(known) > 1 else 1)
    return str(date_format(moment, "MONTH_DAY_FORMAT" if len(known) > 1 else "F"))


def due(at: datetime | date | None) -> str:
    """Return how long until, or since, a day something was promised for."""
    if at is None:
        return ""
    on = timezone.localtime(at).date() if isinstance(at, datetime) else at
    days = (on - timezone.localdate()).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days > 0:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}
