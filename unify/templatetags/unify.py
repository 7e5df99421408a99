"""Filters of the pages about duplicates."""

from __future__ import annotations

import math
from collections.abc import Mapping

from django import template

from unify import words

register = template.Library()


@register.filter
def score_words(score: float) -> str:
    """Return a score in words."""
    return str(words.score_words(score))


@register.filter
def score_tone(score: float) -> str:
    """Return how a score is painted."""
    return words.score_tone(score)


@register.filter
def whole(score: float) -> int:
    """Return a score as people see it: 96.6 rounded up would stand beside words, and a fate, of less."""
    return math.floor(score)


@register.filter
def contradicted(score: float) -> float:
    """Return a score as it is told where something contradicts: never more than "may be the same"."""
    return words.told_score(score, contradicts=True)


@register.filter
def obstacle_words(reasons: Mapping[str, int]) -> list[tuple[int, str]]:
    """Return why cases were left to people, with how many there were of each."""
    return words.obstacle_words(reasons)


@register.filter
def conflict_words(rule: str) -> str:
    """Return a conflict as a sentence."""
    return str(words.conflict_words(rule))
