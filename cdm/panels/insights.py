"""Whom to call, why, when and with what: the recommendation of one customer, point by point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cdm.charts import Point, Rows, waterfall
from cdm.choices import Chance, WrongReason
from cdm.models import RuleFiring
from cdm.recommendations import recommendation_of
from cdm.recommending.recommended import CustomerRecommendation
from cdm.recommending.wording import Reason
from profiles.panels import PanelContext, Text
from profiles.panels.timeline import Choice

RULES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Insights:
    """The recommendation with its reasons drawn, and what an agent can say against it."""

    found: CustomerRecommendation | None
    chance_word: Text
    fall: Rows | None
    reasons: tuple[Choice, ...]


def insights(context: PanelContext) -> Insights:
    """Return what is recommended for the customer."""
    found = recommendation_of(context.profile.pk)
    return Insights(
        found=found,
        chance_word=Chance(found.temperature).label if found else "",
        fall=_fall(found.reasons, found.total_points) if found else None,
        reasons=tuple(Choice(value, label) for value, label in WrongReason.choices),
    )


def _fall(reasons: Sequence[Reason], total: int) -> Rows:
    steps = [
        Point(str(one.label), float(one.points), f"{one.points:+d}", note=str(one.text)) for one in reasons
    ]
    start = Point(_("Average customer"), 0, "0")
    return waterfall(_("What makes the score"), [start, *steps], Point(_("Score"), total, f"{total:+d}"))


@dataclass(frozen=True, slots=True)
class Firings:
    """The rules that held for the customer."""

    rows: tuple[RuleFiring, ...]


def firings(context: PanelContext) -> Firings:
    """Return the latest firings of rules."""
    found = RuleFiring.objects.filter(profile_id=context.profile.pk).select_related("rule")
    return Firings(tuple(found.order_by("-fired_at", "-id")[:RULES_SHOWN]))
