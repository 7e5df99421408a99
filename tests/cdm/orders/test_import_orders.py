"""Real orders of a shop come in whole, once, and can be taken back."""

from __future__ import annotations

import gzip
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from django.conf import LazySettings
from django.utils import timezone
from pyarrow import parquet

from cdm.models import CustomerSummary, Order, OrderLine, Product
from cdm.operations.import_orders import start_orders_import
from cdm.orders.importing import write
from cdm.summaries.rebuild import rebuild
from cdp.actors import Actor
from cdp.errors import Invalid
from cdp.models import Tenant
from profiles.imports.choices import RowAction, RunState
from profiles.imports.errors import FileRefused, Superseded
from profiles.imports.models import ImportRow, ImportRun
from profiles.imports.operations import run as running
from profiles.imports.operations.confirm import confirm_import
from profiles.imports.operations.error_rows import error_rows
from profiles.imports.operations.run import run_import
from profiles.imports.operations.undo import undo_import, undo_run
from profiles.models import CustomerEvent, Profile, ProfileIdentifier
from tests.factories.profiles import ProfileIdentifierFactory
from tests.unknown_tenant import analyzed

HEADER = "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\n"
PART = Path(__file__).parents[2] / "data" / "orders" / "online_retail_part.parquet"
BY = Actor.system("test")


def start(tenant: Tenant, path: Path = PART, **said: str) -> ImportRun:
    with path.open("rb") as file:
        run = start_orders_import(tenant=tenant, by=BY, file=file, file_name=path.name, **said)
    return confirm_import(tenant=tenant, by=BY, run_id=run.pk, is_queued=False)


@pytest.fixture(autouse=True)
def _statistics_within_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """Renew statistics as an import does: it leaves them alone inside a transaction, which a test is.

    Without them the planner may read all orders for each return.
    """
    monkeypatch.setattr(write, "analyze", lambda tables: analyzed(*tables))


def imported(tenant: Tenant, path: Path = PART, **said: str) -> ImportRun:
    return run_import(tenant=tenant, run_id=start(tenant, path, **said).pk)


def summaries() -> list[tuple[object, ...]]:
    columns = [f.attname for f in CustomerSummary._meta.concrete_fields if f.name not in {"id", "updated_at"}]
    return list(CustomerSummary.objects.order_by("profile_id").values_list(*columns))


@pytest.mark.conforms("R118", "R114")
def test_a_shops_file_loads_whole_with_returns_and_anonymous_sales(acme: Tenant) -> None:
    rows = parquet.read_table(PART).to_pylist()
    good = [row for row in rows if row["UnitPrice"] >= 0]
    run = imported(acme)
    assert (run.state, run.rows_done, run.failed) == (RunState.DONE, len(rows), len(rows) - len(good))
    assert ImportRow.objects.filter(run=run).count() == len(rows)
    assert Order.objects.count() == len({row["InvoiceNo"] for row in good})
    assert OrderLine.objects.count() == len(good)
    assert Product.objects.count() == len({row["StockCode"].strip().upper() for row in good})
    known = {row["CustomerID"] for row in good if row["CustomerID"]}
    assert ProfileIdentifier.objects.filter(source="ERP").count() == Profile.objects.count() == len(known)
    spent = sum(
        (Decimal(str(row["UnitPrice"])) * Decimal(str(row["Quantity"])) for row in good if row["CustomerID"]),
        Decimal(0),
    )
    of_customers = Order.objects.exclude(profile=None)
    assert abs(sum(order.total for order in of_customers) - spent) < Decimal("0.5")
    assert set(of_customers.filter(number__startswith="C").values_list("kind", flat=True)) == {"RETURN"}
    assert Order.objects.filter(profile=None).exists()
    linked = Order.objects.filter(kind="RETURN").exclude(returns=None).select_related("returns")
    assert linked
    assert all(
        order.returns and 0 < order.returns.returned <= order.returns.total for order in linked if order.total
    )
    assert CustomerEvent.objects.filter(type="purchase").count() == of_customers.filter(kind="SALE").count()
    total = sum(row.lifetime_value for row in CustomerSummary.objects.all())
    assert total == sum(order.total for order in of_customers)


def test_what_the_import_keeps_is_what_a_rebuild_makes(acme: Tenant) -> None:
    imported(acme)
    kept = summaries()
    CustomerSummary.objects.all().delete()
    rebuild(acme)
    assert summaries() == kept


def test_the_same_file_again_changes_nothing_and_edits_stand(acme: Tenant) -> None:
    imported(acme)
    edited = Order.objects.filter(kind="SALE").exclude(profile=None).first()
    assert edited is not None
    Order.objects.filter(pk=edited.pk).update(status="CANCELLED")
    before = (summaries(), CustomerEvent.objects.count(), Profile.objects.count())
    orders = list(Order.objects.order_by("pk").values())
    again = imported(acme)
    assert (again.created, again.updated, again.unchanged) == (0, 0, again.rows_done - again.failed)
    assert list(Order.objects.order_by("pk").values()) == orders
    assert before == (summaries(), CustomerEvent.objects.count(), Profile.objects.count())


def test_numbers_nobody_is_known_by_may_wait_for_their_customers(acme: Tenant) -> None:
    known = ProfileIdentifierFactory(source="ERP", external_id=_some_customer()).profile
    imported(acme, customers="wait")
    assert Profile.objects.count() == 1
    assert set(Order.objects.exclude(profile=None).values_list("profile_id", flat=True)) == {known.pk}
    assert Order.objects.filter(profile=None).exclude(customer_ref="").exists()


def test_a_run_that_was_stopped_goes_on_where_it_was(acme: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    run = start(acme)
    monkeypatch.setattr("cdm.orders.importing.write.LEAST_LINES", 500)
    real, calls = running._progress, Counter[str]()

    def dies(*args: object) -> None:
        calls["pieces"] += 1
        if calls["pieces"] == 3:
            raise Superseded
        real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "_progress", dies)
    stopped = run_import(tenant=acme, run_id=run.pk)
    assert (stopped.state, 0 < stopped.rows_done < stopped.rows_total) == (RunState.RUNNING, True)
    monkeypatch.setattr(running, "_progress", real)
    done = run_import(tenant=acme, run_id=run.pk)
    assert (done.state, done.rows_done) == (RunState.DONE, done.rows_total)
    assert ImportRow.objects.filter(run=run).count() == done.rows_total
    assert done.created + done.failed == done.rows_total


def test_an_import_is_taken_back_with_the_customers_it_made(acme: Tenant) -> None:
    other = ProfileIdentifierFactory().profile
    run = imported(acme)
    undo_import(tenant=acme, by=BY, run_id=run.pk, is_queued=False)
    undone = undo_run(tenant=acme, run_id=run.pk)
    assert (undone.state, undone.undo_report["kept"]) == (RunState.UNDONE, 0)
    assert [Order.objects.count(), Product.objects.count(), CustomerEvent.objects.count()] == [0, 0, 0]
    assert list(Profile.objects.values_list("pk", flat=True)) == [other.pk]


def test_rows_that_cannot_be_read_are_listed_with_the_reason(acme: Tenant, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(
        "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\n"
        "1,CUP,2,2026-01-05 10:00,250,C7\n1,POT,x,2026-01-05 10:00,900,C7\n,CUP,1,2026-01-05,250,C7\n"
    )
    run = imported(acme, path)
    assert (run.created, run.failed) == (1, 2)
    header, *bad = error_rows(run)
    assert header[-2:] == ["Row", "Reason"]
    assert [row[-1] for row in bad] == [
        "quantity: This is no quantity: write a number such as 2, or -2 for what came back.",
        "number: There is no order number: fill it in.",
    ]
    assert Order.objects.get().total == Decimal(500)
    assert set(ImportRow.objects.filter(run=run).values_list("action", flat=True)) == {
        RowAction.CREATE,
        RowAction.ERROR,
    }


def test_amounts_beyond_what_is_kept_and_future_days_are_refused_row_by_row(
    acme: Tenant, tmp_path: Path
) -> None:
    path, soon = tmp_path / "orders.csv", timezone.now()
    rows = [
        "1,CUP,2,2026-01-05,250,C7",
        "2,CUP,999999999,2026-01-05,999999999,C7",
        "3,CUP,1000000000,2026-01-05,1,C7",
        "4,CUP,999999999.9999,2026-01-05,1,C7",
        f"5,CUP,1,{soon + timedelta(days=3):%Y-%m-%d},250,C7",
        f"6,CUP,1,{soon + timedelta(hours=20):%Y-%m-%d %H:%M},250,C7",
        *["7,CUP,99000000,2026-01-05,1000,C7"] * 102,
    ]
    path.write_text(HEADER + "\n".join(rows))
    run = imported(acme, path)
    assert (run.state, run.created, run.failed) == (RunState.DONE, 2, 106)
    assert [row[-1] for row in list(error_rows(run))[1:6]] == [
        "price: The quantity times the price is too large: check both.",
        "quantity: This is no quantity: write a number such as 2, or -2 for what came back.",
        "quantity: This is no quantity: write a number such as 2, or -2 for what came back.",
        "date: This is in the future: check the day, the month and the year.",
        "price: The quantity times the price is too large: check both.",
    ]


def test_null_characters_of_a_parquet_file_are_left_out(acme: Tenant, tmp_path: Path) -> None:
    path = tmp_path / "orders.parquet"
    row = {"InvoiceNo": "1\0", "StockCode": "C\0UP", "InvoiceDate": "2026-01-05", "CustomerID": "C\x007"}
    told = {**row, "Description": "Tea\0 cup", "UnitPrice": 250, "Quantity": 2}
    parquet.write_table(pa.table({name: [value] for name, value in told.items()}), path)
    assert imported(acme, path).created == 1
    line = OrderLine.objects.select_related("order", "product").get()
    assert (line.order.number, line.order.customer_ref) == ("1", "C7")
    assert (line.description, line.product and line.product.sku) == ("Tea cup", "CUP")


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_file_that_unpacks_to_too_much_is_refused(
    acme: Tenant, tmp_path: Path, settings: LazySettings, kind: str
) -> None:
    settings.IMPORT_MAX_BYTES = 100_000
    path = tmp_path / "orders.any"
    if kind == "csv":
        row = "1,CUP,2,2026-01-05,250,C7\n"
        path.write_bytes(gzip.compress((HEADER + row * 100_000).encode()))
    else:
        named = {"InvoiceNo": pa.array(range(100_000)), "CustomerID": pa.array(range(100_000))}
        same = {name: ["7" * 20] * 100_000 for name in ("InvoiceDate", "UnitPrice")}
        parquet.write_table(pa.table({**named, **same}), path, use_dictionary=False, compression="zstd")
    settings.IMPORT_MAX_BYTES = path.stat().st_size
    with pytest.raises(FileRefused, match="Unpacked, the file may have at most"):
        start(acme, path)
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "InvoiceDate,UnitPrice,CustomerID\n2026-01-01,5,C1\n"])
def test_a_file_that_is_no_list_of_orders_is_refused(acme: Tenant, tmp_path: Path, text: str) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(text)
    with pytest.raises(FileRefused):
        start(acme, path)
    assert not ImportRun.objects.exists()


def test_an_unknown_option_is_refused(acme: Tenant) -> None:
    with pytest.raises(Invalid):
        start(acme, customers="guess")


def _some_customer() -> str:
    first = next(row["CustomerID"] for row in parquet.read_table(PART).to_pylist() if row["CustomerID"])
    return str(int(first))
