"""How long a customer is left off the lists after somebody said that a recommendation is wrong."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from cdm.choices import WrongReason
from cdm.models import RecommendationFeedback
from cdp.tenancy.models import TenantQuerySet

# Wrong products or a wrong hour say nothing against calling: those customers stay on the lists.
QUIET = {
    WrongReason.JUST_BOUGHT: timedelta(days=30),
    WrongReason.NOT_INTERESTED: timedelta(days=90),
    WrongReason.DO_NOT_CONTACT: timedelta(days=3650),
    WrongReason.OTHER: timedelta(days=7),
}


def quiet_until(said: RecommendationFeedback) -> datetime | None:
    """Return until when the customer is on no list; None where what was said does not ask for it."""
    pause = QUIET.get(WrongReason(said.reason))
    return None if pause is None else said.created_at + pause


def silences(said: RecommendationFeedback, now: datetime) -> bool:
    """Tell whether what was said keeps the customer off the lists at this moment."""
    until = quiet_until(said)
    return said.taken_back_at is None and until is not None and until > now


def is_over(reason: WrongReason, since: datetime, now: datetime) -> bool:
    """Tell whether the pause a reason asks for, counted from ``since``, has run out."""
    pause = QUIET.get(reason)
    return pause is not None and since + pause <= now


def silenced(now: datetime) -> TenantQuerySet[RecommendationFeedback]:
    """Return what was said that keeps its customer off the lists at this moment."""
    held = Q()
    for reason, pause in QUIET.items():
        held |= Q(reason=reason, created_at__gt=now - pause)
    return RecommendationFeedback.objects.filter(held, taken_back_at=None)
