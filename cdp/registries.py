"""Places where an app further up adds to one further down, filled in ``AppConfig.ready``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """An ordered collection of named entries."""

    def __init__(self) -> None:
        self._entries: dict[str, T] = {}

    def register(self, key: str, entry: T) -> None:
        """Add an entry; two entries of one name are a programming error."""
        if key in self._entries:
            raise ValueError(f"{key} is registered already")
        self._entries[key] = entry

    def unregister(self, key: str) -> None:
        """Take an entry out again."""
        del self._entries[key]

    def get(self, key: str) -> T | None:
        """Return the entry called ``key``, or None."""
        return self._entries.get(key)

    def items(self) -> list[tuple[str, T]]:
        """Return names and entries in order of registration."""
        return list(self._entries.items())

    def __iter__(self) -> Iterator[T]:
        return iter(list(self._entries.values()))
