"""What is kept of a night, so that every number can be told from what it came."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from cdm.insights.chances import WINDOW_DAYS, WORTH_DAYS
from cdm.insights.orders.book import OrderBook
from cdm.insights.timing import Hours
from cdm.models import InsightFit
from cdm.recommending.learning import card_json, decile_bounds
from cdm.recommending.rows import Night


def keep(fit: InsightFit, night: Night, book: OrderBook, written: int, seconds: dict[str, float]) -> None:
    """Write down with the run what was learned, its counts and its durations."""
    scores, worth, hours = night.scores, night.worth, night.times.hours
    ordered = 0 if scores is None else len(scores.features)
    fit.card = {} if scores is None else card_json(scores.card, scores)
    fit.card |= {
        "window_days": WINDOW_DAYS,
        "deciles": decile_bounds(night.standing, night.customers),
        "first_orders": asdict(night.first),
    }
    fit.hours = _hours(hours)
    if worth is not None:
        fit.worth = {
            "days": WORTH_DAYS,
            "backtest_ratio": None if worth.backtest_ratio is None else round(worth.backtest_ratio, 3),
            "customers": worth.customers,
            "shows_activity": worth.alive is not None,
        }
        fit.notes = list(worth.notices)
    fit.counts = {
        "customers": written,
        "ordered": ordered,
        "contactable": int(night.customers.is_contactable.sum()),
        "lines": len(book.lines),
        "products": len(night.catalogue),
        "calls": hours.n,
        "seconds": seconds,
    }
    # Rules that are evaluated next place customers anew, by the deciles kept here.
    fit.save(update_fields=["card", "hours", "worth", "notes", "counts"])


def _hours(hours: Hours) -> dict[str, Any]:
    return {
        "rates": [round(rate, 4) for rate in hours.rates.tolist()],
        "attempts": hours.attempts.tolist(),
        "overall": round(hours.overall, 4),
        "strength": hours.strength,
    }
