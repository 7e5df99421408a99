"""Runs one piece of work many times at the same moment, on connections of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connections

T = TypeVar("T")
AT_ONCE = 25


def at_once(work: Sequence[Callable[[], T]], *, threads: int = AT_ONCE) -> list[T]:
    """Run all of ``work``, ``threads`` at a time and starting together; return the results in order.

    The first exception of any of them is raised.
    """
    gate = threading.Barrier(min(threads, len(work)))
    waiting = set(range(gate.parties))

    def run(number: int) -> T:
        if number in waiting:
            gate.wait(timeout=60)
        try:
            return work[number]()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(gate.parties) as pool:
        return list(pool.map(run, range(len(work))))
