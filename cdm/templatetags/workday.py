"""Filters of the agent's pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone

from cdm import wording
from cdm.recommending import phrases
from profiles.panels.reasons import reason_in_words

register = template.Library()


@register.filter
def money(amount: Any, currency: str) -> str:
    """Return an amount with its currency."""
    return wording.money(amount, currency)


@register.filter
def number(value: Any) -> str:
    """Return a count with its thousands apart."""
    return wording.number(value)


@register.filter
def percent(share: float | None) -> str:
    """Return a share of one as a percentage."""
    return "" if share is None else wording.percent(share)


@register.filter
def duration(seconds: int | None) -> str:
    """Return a length of time."""
    return wording.length(seconds)


@register.filter
def minutes(seconds: int | str | None) -> str:
    """Return a length of time as the form takes it: minutes, with a point for parts of one."""
    return f"{seconds / 60:.4g}" if isinstance(seconds, int) else ""


@register.filter
def in_words(reason: str) -> str:
    """Return why a temperature, type or stage is what it is, in the reader's language."""
    return reason_in_words(reason)


@register.filter
def told(text: str) -> str:
    """Return a reason that is kept in English in the reader's language."""
    return phrases.told(text)


@register.filter
def due(at: datetime | date | None) -> str:
    """Return "today", "in 3 days", "2 days late"."""
    return wording.due(at)


@register.filter
def is_late(at: datetime | date | None) -> bool:
    """Tell whether a promised day has passed."""
    if at is None:
        return False
    on = timezone.localtime(at).date() if isinstance(at, datetime) else at
    return on < timezone.localdate()
