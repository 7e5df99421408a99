"""The pacing line as coordinates of a drawing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format

from campaigns.budgeting.pacing import Pacing

WIDTH, HEIGHT, PARTS = 640, 200, 4


@dataclass(frozen=True)
class Chart:
    """Two lines in a box of WIDTH by HEIGHT, the origin at the top left."""

    planned: str
    spent: str
    lines: tuple[int, ...]
    now: str
    top: Decimal
    first: str
    last: str
    width: int = WIDTH
    height: int = HEIGHT


def chart_of(pacing: Pacing) -> Chart:
    """Return the drawing of a budget's line."""
    line = pacing.line
    top = max(
        [Decimal(1), *(point.planned for point in line), *(point.spent or Decimal(0) for point in line)]
    )
    across = WIDTH / max(len(line), 1)

    def place(number: int, value: Decimal) -> str:
        return f"{across * (number + 1):.1f},{HEIGHT - float(value / top) * HEIGHT:.1f}"

    planned = [place(number, point.planned) for number, point in enumerate(line)]
    spent = [place(number, point.spent) for number, point in enumerate(line) if point.spent is not None]
    start = f"0,{HEIGHT}"
    return Chart(
        planned=" ".join([start, *planned]),
        spent=" ".join([start, *spent]),
        lines=tuple(HEIGHT * part // PARTS for part in range(PARTS + 1)),
        now=_now(spent) if len(spent) < len(line) else "",
        top=top,
        first=date_format(line[0].day, "DATE_FORMAT"),
        last=date_format(line[-1].day, "DATE_FORMAT"),
    )


def _now(spent: list[str]) -> str:
    """Return where the line of today stands: at the last day that has a spend, if the period has begun."""
    return spent[-1].partition(",")[0] if spent else ""
