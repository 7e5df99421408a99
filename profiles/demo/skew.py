"""Uneven draws made cheap: a few values are common, most are rare, and a draw is one list index."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar
from zlib import crc32

T = TypeVar("T")

TABLE_BITS = 12


def by_weight(weighted: Iterable[tuple[T, float]], bits: int = TABLE_BITS) -> list[T]:
    """Return a list of 2**bits values in which each occurs as often as its weight says, at least once.

    An index of ``getrandbits(bits)`` then draws by weight for the price of a list look-up.
    """
    pairs = sorted(weighted, key=lambda pair: -pair[1])
    size, total = 1 << bits, sum(weight for _, weight in pairs)
    if len(pairs) > size:
        raise ValueError(f"{len(pairs)} values do not fit a table of {size}")
    table: list[T] = []
    for value, weight in reversed(pairs):
        table.extend([value] * max(1, round(size * weight / total)))
    commonest = pairs[0][0]
    if len(table) > size:
        return table[:size]
    return table + [commonest] * (size - len(table))


class Seen:
    """A set of texts in constant memory: may take a new text for an old one, never an old one for new."""

    def __init__(self, bits: int = 26) -> None:
        self._mask = (1 << bits) - 1
        self._field = bytearray(1 << (bits - 3))

    def add(self, text: str) -> bool:
        """Remember ``text`` and say whether it was certainly new."""
        slot = crc32(text.encode()) & self._mask
        place, bit = slot >> 3, 1 << (slot & 7)
        known = self._field[place] & bit
        self._field[place] |= bit
        return not known
