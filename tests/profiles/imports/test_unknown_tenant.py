"""An import has the planner know its tenant first: it would read all of it for each value looked up."""

from __future__ import annotations

import io

import pytest

from cdm.operations.import_orders import start_orders_import
from cdp.actors import Actor
from cdp.postgresql.statistics import know_tenant
from cdp.tenancy.context import tenant_context
from profiles.imports.choices import RunState
from profiles.imports.operations.confirm import confirm_import
from profiles.imports.operations.run import run_import
from profiles.imports.operations.start import start_import
from tests.unknown_tenant import analyzed, grown
from tests.world import World, make_world

BY = Actor.system("test")
CUSTOMERS = 1_500
TABLES = ("profiles", "orders")
PEOPLE = b"externalId,email,firstName\n1,mali@example.com,Mali\n"
ORDERS = b"InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice,CustomerID\nX1,CUP,2,2026-01-05 10:00,250,C7\n"


@pytest.fixture
def newcomer(transactional_db: None) -> World:
    """Acme has come with many customers since the planner looked last."""
    world = make_world()
    grown(world.zenith, CUSTOMERS)
    analyzed(*TABLES)
    grown(world.acme, CUSTOMERS)
    return world


def test_a_small_file_of_customers_makes_their_tenant_known(newcomer: World) -> None:
    with tenant_context(newcomer.acme):
        run = start_import(
            tenant=newcomer.acme, by=BY, file=io.BytesIO(PEOPLE), file_name="a.csv", source="ERP"
        )
        confirm_import(tenant=newcomer.acme, by=BY, run_id=run.pk, is_queued=False)
        assert run_import(tenant=newcomer.acme, run_id=run.pk).state == RunState.DONE
        assert "profiles" not in know_tenant(TABLES)


def test_a_small_file_of_orders_makes_their_tenant_known(newcomer: World) -> None:
    with tenant_context(newcomer.acme):
        run = start_orders_import(tenant=newcomer.acme, by=BY, file=io.BytesIO(ORDERS), file_name="a.csv")
        confirm_import(tenant=newcomer.acme, by=BY, run_id=run.pk, is_queued=False)
        assert run_import(tenant=newcomer.acme, run_id=run.pk).state == RunState.DONE
        assert know_tenant(TABLES) == []
