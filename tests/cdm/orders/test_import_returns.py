"""Returns in files of orders: sales say what came back of them, whatever comes in or goes out after."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from cdm.models import CustomerSummary, Order
from cdm.operations.import_orders import start_orders_import
from cdp.actors import Actor
from cdp.models import Tenant
from profiles.imports.models import ImportRun
from profiles.imports.operations.confirm import confirm_import
from profiles.imports.operations.run import run_import
from profiles.imports.operations.undo import undo_import, undo_run
from profiles.models import Profile

BY = Actor.system("test")
HEADER = "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\n"


def imported(tenant: Tenant, path: Path, **said: str) -> ImportRun:
    with path.open("rb") as file:
        run = start_orders_import(tenant=tenant, by=BY, file=file, file_name=path.name, **said)
    confirm_import(tenant=tenant, by=BY, run_id=run.pk, is_queued=False)
    return run_import(tenant=tenant, run_id=run.pk)


SALE, RETURN = "1,CUP,2,2026-01-05,250,C7\n", "C2,CUP,-1,2026-01-09,250,C7\n"


def written(path: Path, *rows: str) -> Path:
    path.write_text(HEADER + "".join(rows))
    return path


def of_sale() -> tuple[Decimal, Decimal]:
    """What came back of the sale, and what its customer's summary says of it."""
    sale = Order.objects.get(number="1")
    return sale.returned, CustomerSummary.objects.get(profile=sale.profile_id).returned_value


def test_taking_back_a_file_of_returns_gives_the_sales_back_what_they_were(
    acme: Tenant, tmp_path: Path
) -> None:
    imported(acme, written(tmp_path / "sales.csv", SALE))
    run = imported(acme, written(tmp_path / "returns.csv", RETURN))
    assert of_sale() == (Decimal(250), Decimal(250))
    undo_import(tenant=acme, by=BY, run_id=run.pk, is_queued=False)
    undo_run(tenant=acme, run_id=run.pk)
    assert Order.objects.get().number == "1"
    assert of_sale() == (Decimal(0), Decimal(0))


def test_a_return_that_was_a_sale_after_all_takes_nothing_from_another(acme: Tenant, tmp_path: Path) -> None:
    imported(acme, written(tmp_path / "orders.csv", SALE, "2,CUP,-1,2026-01-09,250,C7\n"))
    assert of_sale() == (Decimal(250), Decimal(250))
    imported(acme, written(tmp_path / "orders.csv", "2,CUP,1,2026-01-09,250,C7\n"))
    corrected = Order.objects.get(number="2")
    assert (corrected.kind, corrected.returns_id, corrected.total) == ("SALE", None, Decimal(250))
    assert of_sale() == (Decimal(0), Decimal(0))


def test_orders_that_waited_are_attached_and_linked_when_a_file_makes_their_customer(
    acme: Tenant, tmp_path: Path
) -> None:
    imported(acme, written(tmp_path / "orders.csv", SALE, RETURN), customers="wait")
    assert not Order.objects.exclude(profile=None).exists()
    imported(acme, written(tmp_path / "more.csv", "3,POT,1,2026-02-01,900,C7\n"))
    profile = Profile.objects.get()
    assert set(Order.objects.values_list("profile_id", flat=True)) == {profile.pk}
    assert Order.objects.get(number="C2").returns == Order.objects.get(number="1")
    assert of_sale() == (Decimal(250), Decimal(250))
    assert CustomerSummary.objects.get(profile=profile).lifetime_value == Decimal(1150)


def test_whose_order_a_file_gives_to_somebody_else_has_one_less(acme: Tenant, tmp_path: Path) -> None:
    imported(acme, written(tmp_path / "orders.csv", SALE, "2,CUP,1,2026-01-06,100,C7\n"))
    former = Profile.objects.get()
    imported(acme, written(tmp_path / "orders.csv", SALE.replace("C7", "C8")))
    assert Order.objects.get(number="1").profile != former
    found = CustomerSummary.objects.filter(profile=former).values_list("orders", "lifetime_value")
    assert found.get() == (1, Decimal(100))
