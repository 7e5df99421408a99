"""What a file of few orders costs does not grow with the orders there are."""

from __future__ import annotations

import io

from cdm.models import Order
from cdm.operations.import_orders import start_orders_import
from cdp.actors import Actor
from cdp.models import Tenant
from profiles.imports.choices import RunState
from profiles.imports.operations.confirm import confirm_import
from profiles.imports.operations.run import run_import
from tests.unknown_tenant import analyzed, grown, rows_read

BY = Actor.system("test")
THERE = 5_000
FILE = """InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID
X1,CUP,2,2026-01-05 10:00,250,C7
X2,CUP,-1,2026-01-07 10:00,250,C7
X3,POT,1,2026-01-07 10:00,900,
"""


def test_a_small_file_reads_its_own_orders_and_no_others(acme: Tenant) -> None:
    grown(acme, THERE)
    analyzed("profiles", "orders", "order_lines", "import_rows")
    file = io.BytesIO(FILE.encode())
    run = start_orders_import(tenant=acme, by=BY, file=file, file_name="orders.csv")
    confirm_import(tenant=acme, by=BY, run_id=run.pk, is_queued=False)
    with rows_read() as read:
        assert run_import(tenant=acme, run_id=run.pk).state == RunState.DONE
    assert 0 < max(read) < THERE
    assert (Order.objects.get(number="X1").returned, Order.objects.count()) == (250, THERE + 3)
