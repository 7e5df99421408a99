"""Charts as coordinates: drawn on the server, each with its numbers beside it.

Two shapes serve every page: columns over time, and rows of a table whose bars are drawn in one of its cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 1000, 160
GAP = 0.28  # of a column's width
LABELS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Point:
    """One value to draw: its name, the value in words, and the address behind it."""

    label: str
    value: float
    shown: str
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One drawn value of a series; coordinates have their origin at the top left."""

    point: Point
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Columns:
    """A series over time; ``highest`` is its tallest column in words, nothing where all are flat."""

    title: str
    columns: tuple[Column, ...]
    labels: tuple[str, ...]
    highest: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Row:
    """One value of a table with its bar, from x on, in a box of WIDTH."""

    point: Point
    x: float
    width: float
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A table with a drawn column; ``zero`` is where bars of both directions begin."""

    title: str
    rows: tuple[Row, ...]
    zero: float = 0
    width: int = WIDTH


def columns(title: Any, points: Sequence[Point]) -> Columns:
    """Draw a series; without a value above nothing all columns are flat."""
    top = max((point.value for point in points), default=0) or 1
    step = WIDTH / max(len(points), 1)
    drawn = tuple(
        Column(
            point,
            x=round(step * (number + GAP / 2), 1),
            y=round(HEIGHT - height, 1),
            width=round(step * (1 - GAP), 1),
            height=round(height, 1),
        )
        for number, point in enumerate(points)
        for height in [max(point.value, 0) / top * HEIGHT]
    )
    tallest = max(points, key=lambda point: point.value, default=None)
    highest = tallest.shown if tallest is not None and tallest.value > 0 else ""
    return Columns(str(title), drawn, tuple(_some_labels(points)), highest)


def rows(title: Any, points: Iterable[Point], *, top: float | None = None) -> Rows:
    """Draw bars from the left; the longest one fills the cell, or ``top`` does."""
    found = list(points)
    highest = top or max((point.value for point in found), default=0) or 1
    drawn = tuple(Row(point, 0, round(max(point.value, 0) / highest * WIDTH, 1)) for point in found)
    return Rows(str(title), drawn)


def waterfall(title: Any, steps: Sequence[Point], total: Point) -> Rows:
    """Draw steps that begin where the one before ended, and their sum from zero at the end."""
    ends = [0.0]
    for step in steps:
        ends.append(ends[-1] + step.value)
    low, high = min(*ends, total.value, 0.0), max(*ends, total.value, 0.0)
    scale = WIDTH / ((high - low) or 1)

    def at(value: float) -> float:
        return round((value - low) * scale, 1)

    drawn = [
        Row(step, at(min(start, end)), max(at(max(start, end)) - at(min(start, end)), 2), _tone(step.value))
        for step, start, end in zip(steps, ends, ends[1:], strict=False)
    ]
    drawn.append(
        Row(total, at(min(total.value, 0)), max(abs(at(total.value) - at(0)), 2), "total"),
    )
    return Rows(str(title), tuple(drawn), zero=at(0))


def _tone(value: float) -> str:
    return "for" if value >= 0 else "against"


def _some_labels(points: Sequence[Point]) -> list[str]:
    """Return the labels below the chart: few enough not to run into each other on a phone."""
    if len(points) <= LABELS_SHOWN:
        return [point.label for point in points]
    return [points[0].label, points[len(points) // 2].label, points[-1].label]
