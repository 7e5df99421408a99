"""Where customers turn back, how many come back, and whom to win back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncWeek
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cdm.charts import Columns, Point, Rows, columns, rows
from cdm.choices import DropOffStage
from cdm.days import start_of
from cdm.models import DropOff
from cdm.wording import money, number, percent
from profiles.keyset import Order, Page, first_page, page_after

PERIODS = (4, 12, 26, 52)
USUAL_PERIOD = 12
PAGE_SIZE = 25
DAYS_IN_WEEK = 7
DEAREST_FIRST = Order("cart_value", parse=Decimal)


@dataclass(frozen=True, slots=True)
class Turned:
    """How often people turned back in one week at one stage, and how often they came back."""

    week: date
    stage: str
    number: int
    value: Decimal
    recovered: int
    recovered_value: Decimal


@dataclass(frozen=True, slots=True)
class StageLine:
    """One stage of the way to an order, over the whole period."""

    stage: str
    label: str
    number: int
    value: Decimal
    recovered: int
    recovered_value: Decimal

    @property
    def rate(self) -> str:
        """Return the share that came back."""
        return percent(self.recovered / self.number) if self.number else "–"


@dataclass(frozen=True, slots=True)
class DropOffNumbers:
    """The period's numbers; who turned back on a product's page had it in no cart."""

    stages: tuple[StageLine, ...]
    total: StageLine
    in_carts: Decimal
    funnel: Rows
    weekly: Columns


def period_named(text: str) -> int:
    """Return the number of weeks an address names; the usual one for anything else."""
    return {str(weeks): weeks for weeks in PERIODS}.get(text, USUAL_PERIOD)


def drop_off_numbers(weeks: int, currency: str) -> DropOffNumbers:
    """Count the drop-offs of the last weeks in one statement that reads them once."""
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    first = monday - timedelta(days=DAYS_IN_WEEK * (weeks - 1))
    came_back = Q(recovered_at__isnull=False)
    found = (
        DropOff.objects.filter(occurred_at__gte=start_of(first))
        .annotate(week=TruncWeek("occurred_at"))
        .values_list("week", "stage")
        .annotate(
            number=Count("pk"),
            value=Sum("cart_value"),
            recovered=Count("pk", filter=came_back),
            recovered_value=Sum("cart_value", filter=came_back, default=Decimal(0)),
        )
        .order_by()
    )
    turned = [Turned(timezone.localtime(week).date(), *rest) for week, *rest in found]
    stages = tuple(
        _line(stage, str(label), [one for one in turned if one.stage == stage])
        for stage, label in DropOffStage.choices
    )
    return DropOffNumbers(
        stages=stages,
        total=_line("", _("All stages"), turned),
        in_carts=sum((one.value for one in turned if one.stage != DropOffStage.PRODUCT_VIEW), Decimal(0)),
        funnel=_funnel(stages, currency),
        weekly=_weekly(turned, [first + timedelta(days=DAYS_IN_WEEK * week) for week in range(weeks)]),
    )


def _line(stage: str, label: str, found: Iterable[Turned]) -> StageLine:
    turned = list(found)
    return StageLine(
        stage=stage,
        label=label,
        number=sum(one.number for one in turned),
        value=sum((one.value for one in turned), Decimal(0)),
        recovered=sum(one.recovered for one in turned),
        recovered_value=sum((one.recovered_value for one in turned), Decimal(0)),
    )


def _funnel(stages: Iterable[StageLine], currency: str) -> Rows:
    points = [
        Point(
            line.label,
            line.number,
            number(line.number),
            link=f"?stage={line.stage}#win-back",
            note=money(line.value, currency) if line.value else "",
        )
        for line in stages
    ]
    return rows(_("Where customers turned back"), points)


def _weekly(turned: Iterable[Turned], weeks: list[date]) -> Columns:
    found = list(turned)
    points = []
    for week in weeks:
        line = _line("", "", [one for one in found if one.week == week])
        shown = _("%(rate)s (%(recovered)s of %(number)s)") % {
            "rate": line.rate,
            "recovered": number(line.recovered),
            "number": number(line.number),
        }
        share = line.recovered / line.number if line.number else 0.0
        points.append(Point(str(date_format(week, "MONTH_DAY_FORMAT")), share, shown))
    return columns(_("Share that came back, by the week they turned back"), points)


def to_win_back(stage: str, after: str) -> Page[DropOff]:
    """Return a page of the open drop-offs, the dearest carts first."""
    open_ones = DropOff.objects.filter(recovered_at__isnull=True).select_related("profile", "product")
    if stage:
        open_ones = open_ones.filter(stage=stage)
    position = DEAREST_FIRST.read(after)
    if position is None:
        return first_page(open_ones, DEAREST_FIRST, PAGE_SIZE)
    return page_after(open_ones, DEAREST_FIRST, position, PAGE_SIZE)
