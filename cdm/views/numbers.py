"""The numbers of the management: `/admin/crm/numbers`, and each of them as a file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cdm.buying import product_since
from cdm.charts import Columns, Point, Rows, columns, rows
from cdm.choices import Temperature
from cdm.counting import Kind, kinds, number_of, worth_of
from cdm.dashboards.numbers import Numbers, numbers_of, products_since
from cdm.wording import money, number
from cdp.errors import NotFound
from cdp.permissions import EXPORT_RUN, PROFILE_READ
from cdp.views.pages import PageRequest, needs, render_page
from profiles.choices import LifecycleStage

Table = tuple[Sequence[str], Iterable[Sequence[Any]]]


@require_safe
@needs(PROFILE_READ)
def numbers(request: PageRequest) -> HttpResponse:
    """Show revenue, buyers, stages, products and worth, each with the list behind it."""
    tenant = request.membership.tenant
    found = kinds()
    counted = numbers_of(tenant, number_of_customers=number_of(found))
    this_month = counted.months[-1]
    context = {
        "counted": counted,
        "this_month": this_month,
        "customers": number_of(found),
        "worth": worth_of(found),
        "revenue": _revenue(counted, tenant.currency),
        "buyers": _buyers(counted),
        "stages": _stages(found),
        "temperatures": _temperatures(found),
        "products": _products(counted, tenant.currency),
        "spread": _spread(counted, tenant.currency),
        "may_export": EXPORT_RUN in request.membership.codes,
    }
    return render_page(request, "cdm/numbers/page.html", context, title=_("Numbers"))


@require_safe
@needs(EXPORT_RUN)
def download(request: PageRequest, table: str) -> HttpResponse:
    """Answer one of the tables as CSV."""
    found = kinds()
    counted = numbers_of(request.membership.tenant, number_of_customers=number_of(found))
    make = TABLES.get(table)
    if make is None:
        raise NotFound("There is no such table.")
    headings, lines = make(counted, found)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{table}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(headings)
    writer.writerows(lines)
    return response


def _list(**filters: str) -> str:
    query = "&".join(f"{name}={value}" for name, value in filters.items())
    return f"{reverse('customers')}?{query}"


def _revenue(counted: Numbers, currency: str) -> Columns:
    points = [
        Point(
            str(date_format(month.first, "YEAR_MONTH_FORMAT")),
            float(month.revenue),
            money(month.revenue, currency),
            link=_list(bought=f"{month.first:%Y-%m}"),
        )
        for month in counted.months
    ]
    return columns(_("Revenue by month, returns taken off"), points)


def _buyers(counted: Numbers) -> list[dict[str, Any]]:
    return [
        {
            "label": str(date_format(month.first, "YEAR_MONTH_FORMAT")),
            "month": month,
            "new_link": _list(first_bought=f"{month.first:%Y-%m}"),
            "again_link": _list(bought_again=f"{month.first:%Y-%m}"),
        }
        for month in reversed(counted.months)
    ]


def _stages(found: list[Kind]) -> Rows:
    points = [
        Point(str(label), count, number(count), link=_list(stage=value, sort="-value"))
        for value, label in LifecycleStage.choices
        for count in [number_of(found, stage=value)]
    ]
    return rows(_("Customers by stage"), points)


def _temperatures(found: list[Kind]) -> Rows:
    points = [
        Point(str(label), count, number(count), link=_list(temperature=value, sort="-value"))
        for value, label in Temperature.choices
        for count in [number_of(found, temperature=value)]
    ]
    return rows(_("Customers by temperature"), points)


def _products(counted: Numbers, currency: str) -> Rows:
    since = products_since()
    points = [
        Point(
            sold.name,
            float(sold.revenue),
            money(sold.revenue, currency),
            link=_list(product=product_since(sold.id, since)),
            note=_("%(buyers)s buyers") % {"buyers": number(sold.buyers)},
        )
        for sold in counted.products
    ]
    return rows(_("Top products of the last 90 days"), points)


def _spread(counted: Numbers, currency: str) -> Rows:
    points = [
        Point(
            _("%(low)s and more") % {"low": money(worth.low, currency)}
            if worth.high is None
            else f"{number(worth.low)} – {money(worth.high, currency)}",
            worth.customers,
            number(worth.customers),
            link=_list(worth=f"{worth.low}-{worth.high or ''}", sort="-value"),
        )
        for worth in counted.worth
    ]
    return rows(_("Customers by lifetime value"), points)


def _months_table(counted: Numbers, _found: list[Kind]) -> Table:
    lines = [
        (f"{month.first:%Y-%m}", month.revenue, month.orders, month.buyers, month.new_buyers, month.again)
        for month in counted.months
    ]
    return ("month", "revenue", "orders", "buyers", "new_buyers", "repeat_buyers"), lines


def _kinds_table(_counted: Numbers, found: list[Kind]) -> Table:
    lines = [(kind.stage, kind.customer_type, kind.temperature, kind.number, kind.value) for kind in found]
    return ("stage", "customer_type", "temperature", "customers", "lifetime_value"), lines


def _products_table(counted: Numbers, _found: list[Kind]) -> Table:
    lines = [(one.id, _plain(one.name), one.revenue, one.quantity, one.buyers) for one in counted.products]
    return ("product_id", "product", "revenue", "quantity", "buyers"), lines


def _worth_table(counted: Numbers, _found: list[Kind]) -> Table:
    return ("from", "to", "customers"), counted.worth


def _plain(text: str) -> str:
    # A spreadsheet would run a text that begins like a formula.
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


TABLES = {
    "months": _months_table,
    "customers": _kinds_table,
    "products": _products_table,
    "worth": _worth_table,
}
