"""Order lines put straight into the tables, by COPY: what recording and importing do is tested elsewhere."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow.parquet as pa_parquet

from cdm.models import Order, OrderLine, Product
from cdp.models import Tenant
from profiles.demo.staging import Staging, analyse
from profiles.models import Profile

Line = tuple[
    str, datetime, str, float, float
]  # customer, moment on the shop's clock, product, quantity, price
_SPACE = uuid.UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")
_PROFILE = ("id", "name", "phone", "member_id", "created_at")
_ORDER = ("id", "profile", "source", "number", "kind", "ordered_at", "currency", "total")
_LINE = ("id", "order", "position", "product", "quantity", "unit_price", "amount")


def id_of(tenant: Tenant, kind: str, name: str) -> uuid.UUID:
    """Return the same id for the same thing, in the order of nothing."""
    return uuid.uuid5(_SPACE, f"{tenant.pk}:{kind}:{name}")


def retail_lines(path: Path) -> list[Line]:
    """Return the lines of known customers of a file in the shape of the UCI data."""
    table = pa_parquet.read_table(path).to_pydict()
    return [
        (str(int(customer)), at, product.upper(), quantity, price)
        for customer, at, product, quantity, price in zip(
            *(table[c] for c in ("CustomerID", "InvoiceDate", "StockCode", "Quantity", "UnitPrice")),
            strict=True,
        )
        if customer is not None and customer == customer  # noqa: PLR0124 - NaN
    ]


def load(tenant: Tenant, lines: Iterable[Line], *, known_since: datetime | None = None) -> None:
    """Fill the active tenant's tables; lines of one customer, moment and sign are one order."""
    zone, since = ZoneInfo(tenant.time_zone), known_since or datetime(2009, 1, 1, tzinfo=UTC)
    orders: dict[tuple[str, datetime, bool], list[tuple[str, float, float]]] = {}
    for customer, at, product, quantity, price in lines:
        orders.setdefault((customer, at, quantity < 0), []).append((product, quantity, price))
    people = sorted({customer for customer, _, _ in orders})
    things = sorted({product for parts in orders.values() for product, _, _ in parts})
    Staging(Profile, _PROFILE).insert(
        (id_of(tenant, "c", one), f"Customer {one}", f"+6681{number:07d}", one, since)
        for number, one in enumerate(people)
    )
    Staging(Product, ("id", "sku", "name")).insert((id_of(tenant, "p", one), one, one) for one in things)
    named = {key: id_of(tenant, "o", str(key)) for key in orders}
    Staging(Order, _ORDER).insert(
        (
            *(named[key], id_of(tenant, "c", key[0]), "shop", str(number), "RETURN" if key[2] else "SALE"),
            *(key[1].replace(tzinfo=zone), tenant.currency, sum(round(q * p, 2) for _, q, p in parts)),
        )
        for number, (key, parts) in enumerate(orders.items())
    )
    Staging(OrderLine, _LINE).insert(
        (
            *(id_of(tenant, "l", f"{key}{place}"), named[key], place, id_of(tenant, "p", product)),
            *(quantity, price, round(quantity * price, 2)),
        )
        for key, parts in orders.items()
        for place, (product, quantity, price) in enumerate(parts)
    )
    analyse(Profile, Product, Order, OrderLine)


def weekly(customers: int, *, until: datetime, weeks: int = 40) -> list[Line]:
    """A small shop: customer n buys every n-th week, tea always and something else by turns."""
    lines: list[Line] = []
    for number in range(1, customers + 1):
        every = number % 12 + 1
        for week in range(0, weeks, every):
            at = until - timedelta(days=7 * week + number % 6 + 1)
            lines.append((f"{number:04d}", at, "TEA", 1 + number % 3, 10.0))
            other = ("CUP", "POT", "SPOON", "HONEY")[(week // every + number) % 4]
            lines.append((f"{number:04d}", at, other, 1, 5.0 + number % 7))
    return lines
