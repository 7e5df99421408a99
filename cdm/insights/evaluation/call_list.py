"""A backtest of the call list: learned before a cutoff, held against the orders of the days after it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from cdm.insights.call_list import HOT, MOST_VALUABLE, ROOM_TO_WIN, WARM, room_to_win, temperatures
from cdm.insights.card.fitting import Window, fit_card, training_windows, window_of
from cdm.insights.card.scores import Scores, score
from cdm.insights.errors import NotEnoughOrders
from cdm.insights.evaluation.baselines import baselines
from cdm.insights.evaluation.metrics import Estimate, Ordering, estimates
from cdm.insights.orders.book import EPOCH, Floats, OrderBook, day_number, read_orders

REPLICATES = 200


def evaluate_call_list(
    path: Path, *, cutoff: date, days: int, replicates: int = REPLICATES
) -> dict[str, Any]:
    """The report on one orders file, fit for JSON; raises InsightsError."""
    started = time.perf_counter()
    book = read_orders(path)
    start = checked_cutoff(book, cutoff, days)
    window = window_of(book, start, days)
    if not 0 < window.bought.sum() < len(window.bought):
        raise NotEnoughOrders(
            "Either everybody or nobody who had bought before bought again: nothing to rank."
        )
    scores = score(window.features, fit_card(training_windows(book, start, days)))
    report = {
        "cutoff": cutoff.isoformat(),
        "days": days,
        "is_window_complete": start + days - 1 <= book.last_day,
        "customers": len(window.features),
        "buying": int(window.bought.sum()),
        "revenue": round(float(window.revenue.sum()), 2),
        "lists": _lists(scores, window, replicates),
        "temperature": _temperature(scores, window),
        "card": scores.card.as_json(),
        "rows": book.counts,
    }
    return {**report, "seconds": round(time.perf_counter() - started, 3)}


def checked_cutoff(book: OrderBook, cutoff: date, days: int) -> int:
    """The cutoff as a day number; raises NotEnoughOrders where nothing lies before or after it."""
    if days < 1:
        raise NotEnoughOrders("The window needs at least one day.")
    if not len(book.lines):
        raise NotEnoughOrders("The file has no order of a known customer.")
    start = day_number(cutoff)
    first, last = (EPOCH + timedelta(days=day) for day in (book.first_day, book.last_day))
    if not book.first_day < start <= book.last_day:
        raise NotEnoughOrders(f"The cutoff {cutoff} is not inside the orders, {first} to {last}.")
    return start


def _lists(scores: Scores, window: Window, replicates: int) -> dict[str, Any]:
    orders: dict[str, Floats] = {
        "likelihood": scores.likelihood.astype(np.float64),
        MOST_VALUABLE: scores.total.astype(np.float64),
        ROOM_TO_WIN: room_to_win(scores),
        **baselines(window.features),
    }
    ranked = {name: Ordering.of(order, window.bought, window.revenue) for name, order in orders.items()}
    return {name: entry(found) for name, found in estimates(ranked, replicates).items()}


def entry(figures: Mapping[str, Estimate]) -> dict[str, Any]:
    """Each figure by its name, and all intervals beside them."""
    bounds = {name: [round(each.low, 6), round(each.high, 6)] for name, each in figures.items()}
    return {**{name: round(each.value, 6) for name, each in figures.items()}, "intervals": bounds}


def _temperature(scores: Scores, window: Window) -> dict[str, Any]:
    """How many customers were hot, warm and cold, and what share of them bought."""
    warmth = np.asarray(temperatures(scores.chance))
    report = {}
    for name in (HOT, WARM, "cold"):
        mine = window.bought[warmth == name]
        report[name] = {"customers": len(mine), "bought": round(float(mine.mean()), 6) if len(mine) else None}
    return report
