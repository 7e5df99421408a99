"""What the cache keeps to save work: where it is gone the work is done anew, and no page fails.

What may not be lost, such as a count that limits somebody, asks the cache itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

import redis
from django.core.cache import cache

from cdp.logging import log

T = TypeVar("T")
# A cache that does not answer is left alone for so long: a page waits for it once, not at each of its parts.
LEFT_ALONE_SECONDS = 5.0
_left_alone_until = 0.0


def recall(key: str) -> Any | None:
    """Return what is kept under the key; None when there is nothing, or no cache to ask."""
    return _asked(lambda: cache.get(key))


def keep(key: str, value: Any, seconds: int) -> None:
    """Keep a value for at most so many seconds."""
    _asked(lambda: cache.set(key, value, seconds))


def forget(key: str) -> None:
    """Keep nothing under the key; what cannot be reached is forgotten in its time."""
    _asked(lambda: cache.delete(key))


def recall_or(key: str, make: Callable[[], T], seconds: int) -> T:
    """Return what is kept under the key, or make and keep it."""
    found: T | None = recall(key)
    if found is None:
        found = make()
        keep(key, found, seconds)
    return found


def _asked(question: Callable[[], Any]) -> Any | None:
    global _left_alone_until  # noqa: PLW0603
    if time.monotonic() < _left_alone_until:
        return None
    try:
        answer = question()
    except redis.RedisError as error:
        if not _left_alone_until:  # once for as long as it is gone
            log.warning("the cache does not answer", kind=type(error).__name__)
        _left_alone_until = time.monotonic() + LEFT_ALONE_SECONDS
        return None
    if _left_alone_until:
        log.info("the cache answers again")
        _left_alone_until = 0.0
    return answer
