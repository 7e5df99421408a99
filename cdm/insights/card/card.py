"""An additive card of whole points: 10 points are odds of buying, or value of an order, times two."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from cdm.insights.card.attributes import ATTRIBUTES, Attribute
from cdm.insights.orders.book import Floats, Ints

POINTS_PER_DOUBLING = 10
_PER_POINT = np.log(2) / POINTS_PER_DOUBLING
_SHIPPED = Path(__file__).with_name("shipped.json")


@dataclass(frozen=True, slots=True)
class PointsCard:
    """Points per bin of each attribute, and what they were learned from."""

    points: tuple[tuple[int, ...], ...]  # per attribute, per bin
    base: float  # points that make the sum the log odds of buying in the window
    examples: int  # customers of the training windows; 0 for the shipped card
    windows: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ATTRIBUTES

    def points_of(self, bins: Ints) -> Ints:
        """Points per customer (row) and attribute (column)."""
        columns = [np.asarray(table)[bins[:, number]] for number, table in enumerate(self.points)]
        return np.column_stack(columns).astype(np.int64)

    def chance(self, likelihood: Ints) -> Floats:
        """The calibrated probability of buying, from the sum of the points."""
        return np.asarray(1 / (1 + np.exp(-_PER_POINT * (likelihood + self.base))), dtype=np.float64)

    def increments(self) -> Floats:
        """Steps of log odds at the edges, times the sign: none is negative. All attributes in one row."""
        steps = [
            np.diff(np.asarray(table, dtype=np.float64)) * attribute.sign * _PER_POINT
            for table, attribute in zip(self.points, self.attributes, strict=True)
        ]
        return np.concatenate(steps)

    def as_json(self) -> dict[str, object]:
        return {
            "base": round(self.base, 2),
            "examples": self.examples,
            "windows": list(self.windows),
            "points": {
                attribute.name: list(table)
                for attribute, table in zip(self.attributes, self.points, strict=True)
            },
        }

    @classmethod
    def shipped(cls) -> PointsCard:
        return _shipped()


@cache
def _shipped() -> PointsCard:
    given = json.loads(_SHIPPED.read_text())
    return PointsCard(
        points=tuple(tuple(given["points"][attribute.name]) for attribute in ATTRIBUTES),
        base=float(given["base"]),
        examples=0,
        windows=tuple(given["windows"]),
    )


def points_from(
    increments: Floats, attributes: Sequence[Attribute] = ATTRIBUTES
) -> tuple[tuple[int, ...], ...]:
    """Whole points per bin from steps of log odds; 0 is the middle bin, and rounding keeps the order."""
    tables, start = [], 0
    for attribute in attributes:
        steps = increments[start : start + len(attribute.edges)]
        start += len(attribute.edges)
        heights = np.concatenate([[0.0], np.cumsum(steps)]) * attribute.sign / _PER_POINT
        table = np.rint(heights - heights[len(heights) // 2]).astype(int)
        tables.append(tuple(table.tolist()))
    return tuple(tables)
