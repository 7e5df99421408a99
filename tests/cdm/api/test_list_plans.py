"""Lists of a whole company walk an index and stop at a page."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cdm.models import ActivityTask, Billing, Deal, Order, Quotation
from cdp.models import Tenant
from tests.factories.profiles import ProfileFactory
from tests.world import World

MADE: list[tuple[type[Any], dict[str, Any]]] = [
    (Deal, {"title": "Shelves", "currency": "THB"}),
    (ActivityTask, {"title": "Call"}),
    (Quotation, {"number": "Q{n}", "currency": "THB"}),
    (Billing, {"number": "B{n}", "currency": "THB"}),
    (
        Order,
        {
            "number": "O{n}",
            "currency": "THB",
            "kind": "SALE",
            "ordered_at": "2026-01-01T00:00:00Z",
            "total": 1,
        },
    ),
]


@pytest.fixture
def many(acme: Tenant) -> None:
    profile = ProfileFactory()
    for model, values in MADE:
        model.objects.bulk_create(
            model(
                profile=profile,
                **{k: v.format(n=n) if isinstance(v, str) else v for k, v in values.items()},
            )
            for n in range(400)
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE deals, activity_tasks, quotations, billings, orders")
        # Tables of this size are read whole; what matters is that the index can serve the order.
        for way in ("seqscan", "bitmapscan", "incremental_sort"):
            cursor.execute(f"SET LOCAL enable_{way} = off")


@pytest.mark.parametrize(
    ("path", "query", "table", "index"),
    [
        ("/cdm/deals", {}, "deals", "deals_by_time"),
        ("/cdm/tasks", {}, "activity_tasks", "tasks_by_day"),
        ("/cdm/quotations", {}, "quotations", "quotations_by_time"),
        ("/cdm/billings", {}, "billings", "billings_by_time"),
        ("/cdm/orders", {"number": "O7"}, "orders", "orders_by_number"),
    ],
)
def test_a_list_of_the_company_is_served_by_an_index(
    world: World, many: None, path: str, query: dict[str, str], table: str, index: str
) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert world.api().get(path, query).status_code == 200
    [statement] = [one["sql"] for one in captured.captured_queries if f'FROM "{table}"' in one["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL enable_sort = {'on' if query else 'off'}")
        cursor.execute(f"EXPLAIN {statement}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert index in plan, plan
