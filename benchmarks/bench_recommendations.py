"""The nightly job for many customers, beside the database's own share of it, and the lists read after it.

``python -m benchmarks.bench_recommendations [--customers 100000] [--lines-per-order 3]``
Customers are drawn from the real orders in tests/data. The floor is the same rows, made already, copied into
the same table by the same statement: what is more is reading and computing.
"""

from __future__ import annotations

import argparse
import resource
import time
import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from benchmarks.setting import prepare

CUTOFF = datetime(2011, 7, 1, 3, 30, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--lines-per-order", type=int, default=3)
    options = parser.parse_args()
    prepare()
    from benchmarks.measure import ratio, report  # noqa: PLC0415 (Django must be set up)
    from cdp.tenancy.context import tenant_context  # noqa: PLC0415

    tenant = filled(options.customers, options.lines_per_order)
    with tenant_context(tenant):
        figures = measured(tenant)
    figures["ratio"] = ratio(figures["job, s"], figures["floor, s"])
    report(f"recommendations_{options.customers}", figures)


def measured(tenant: Any) -> dict[str, Any]:
    from cdm.models import InsightFit  # noqa: PLC0415
    from cdm.operations import make_recommendations as module  # noqa: PLC0415
    from cdm.recommendations import ROOM_TO_WIN, call_list  # noqa: PLC0415

    InsightFit.objects.all().delete()
    first, figures = time.perf_counter(), dict[str, Any]()
    module.make_recommendations(tenant, now=CUTOFF)
    figures["first night, s"] = round(time.perf_counter() - first, 1)
    started, worked = time.perf_counter(), time.process_time()
    fit = module.make_recommendations(tenant, now=CUTOFF + timedelta(days=1))
    figures |= {
        "job, s": round(time.perf_counter() - started, 1),
        "job, CPU s of Python": round(time.process_time() - worked, 1),
        "steps, s": fit.counts["seconds"],
        "customers": fit.counts["customers"],
        "ordered": fit.counts["ordered"],
        "lines": fit.counts["lines"],
        "error": fit.error,
    }
    figures["peak memory, MiB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    figures["floor, s"] = round(floor(tenant, fit), 1)
    for name in ("most_valuable", ROOM_TO_WIN):
        started = time.perf_counter()
        call_list(tenant, name, 100)
        figures[f"list of 100, {name}, ms"] = round((time.perf_counter() - started) * 1000, 1)
    return figures


def floor(tenant: Any, fit: Any) -> float:
    """Seconds to copy the rows there are into the table once more."""
    from django.db import connection, transaction  # noqa: PLC0415

    from cdm.recommending.writing import STAGE, write  # noqa: PLC0415

    columns = ", ".join(name for name in STAGE.columns if name != "id")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM recommendations WHERE tenant_id = %s", [tenant.pk])  # noqa: S608
        rows = [tuple(_plain(value) for value in row) for row in cursor.fetchall()]
    started = time.perf_counter()
    with transaction.atomic():
        write(tenant, fit.pk, CUTOFF, rows)
    return time.perf_counter() - started


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, uuid.UUID) else value


def filled(customers: int, most: int) -> Any:
    """Return a tenant with that many customers and their orders, made once."""
    from benchmarks.bench_insights import RETAIL, multiplied  # noqa: PLC0415
    from cdm.insights.orders.book import read_orders  # noqa: PLC0415
    from cdm.models import Order  # noqa: PLC0415
    from cdp.models import Tenant  # noqa: PLC0415
    from cdp.tenancy.context import tenant_context  # noqa: PLC0415

    tenant, _ = Tenant.objects.get_or_create(
        slug=f"recommend-{customers}", defaults={"name": f"Recommend {customers}", "time_zone": "UTC"}
    )
    with tenant_context(tenant):
        if not Order.objects.exists():
            _load(tenant, multiplied(read_orders(RETAIL, wants_product=True), customers, most))
    return tenant


def _load(tenant: Any, book: Any) -> None:
    """One order per customer and day, as the job takes them."""
    import numpy as np  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    from cdm.models import Order, OrderLine, Product  # noqa: PLC0415
    from cdp.ids import uuid7  # noqa: PLC0415
    from profiles.demo.staging import Staging, analyse  # noqa: PLC0415
    from profiles.models import Profile  # noqa: PLC0415

    lines = book.lines
    since = datetime(2009, 1, 1, tzinfo=UTC)
    people, things = [uuid7() for _ in book.customers], [uuid7() for _ in book.products]
    is_return = (lines.quantity < 0).astype(np.int64)
    order = np.lexsort((lines.product, is_return, lines.day, lines.customer))
    lines, is_return = lines.where(order), is_return[order]
    with transaction.atomic():
        Staging(Profile, ("id", "name", "phone", "created_at")).insert(
            (pk, f"Customer {n}", f"+66{n:09d}", since) for n, pk in enumerate(people)
        )
        Staging(Product, ("id", "sku", "name")).insert(
            (things[n], sku, book.names[n][:255]) for n, sku in enumerate(book.products)
        )
        _load_orders(lines, is_return, people, things)
    analyse(Profile, Product, Order, OrderLine)


def _load_orders(lines: Any, is_return: Any, people: list[uuid.UUID], things: list[uuid.UUID]) -> None:
    import numpy as np  # noqa: PLC0415

    from cdm.insights.features import group_starts  # noqa: PLC0415
    from cdm.models import Order, OrderLine  # noqa: PLC0415
    from cdp.ids import uuid7  # noqa: PLC0415
    from profiles.demo.staging import Staging  # noqa: PLC0415

    starts = group_starts(lines.customer, lines.day, is_return)
    number = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(lines)))
    place = np.arange(len(lines)) - starts[number]
    # The amounts are computed by each look at them.
    values = lines.value
    orders, totals = [uuid7() for _ in starts], np.add.reduceat(values, starts)
    Staging(Order, ("id", "profile", "number", "kind", "ordered_at", "currency", "total")).insert(
        (
            *(orders[n], people[lines.customer[row]], str(n), "RETURN" if is_return[row] else "SALE"),
            *(_moment(int(lines.day[row])), "THB", round(float(totals[n]), 2)),
        )
        for n, row in enumerate(starts.tolist())
    )
    Staging(OrderLine, ("order", "position", "product", "quantity", "unit_price", "amount", "id")).insert(
        (
            *(orders[n], int(place[row]), things[lines.product[row]], float(lines.quantity[row])),
            *(float(lines.price[row]), round(float(values[row]), 2), uuid7()),
        )
        for row, n in enumerate(number.tolist())
    )


def _moment(day: int) -> datetime:
    return datetime.combine(date(1970, 1, 1) + timedelta(days=day), datetime.min.time(), tzinfo=UTC)


if __name__ == "__main__":
    main()
