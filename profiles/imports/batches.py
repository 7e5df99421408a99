"""Rows in batches, the next one made ready while the last one is worked on."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batches(items: Iterator[T], size: int) -> Iterator[list[T]]:
    """Cut into lists of ``size``."""
    while batch := list(islice(items, size)):
        yield batch


def read_ahead(items: Iterator[list[T]]) -> Generator[list[T]]:
    """Yield the same, one ahead in a thread: reading and checking rows takes the time the database computes.

    Close it before what it reads from. The thread has no tenant and no connection.
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="import-reader") as reader:
        upcoming = reader.submit(next, items, None)
        while (item := upcoming.result()) is not None:
            upcoming = reader.submit(next, items, None)
            yield item
