"""The planner is told of tenants it takes for next to nothing, once."""

from __future__ import annotations

import pytest
from django.db import transaction

from cdp.operations.know_tenants import know_tenants
from cdp.postgresql.statistics import know_tenant
from cdp.tenancy.context import tenant_context
from tests.unknown_tenant import analyzed, grown
from tests.world import World, make_world

CUSTOMERS = 1_500
TABLES = ("profiles", "orders", "customer_summaries")


@pytest.fixture
def newcomer(transactional_db: None) -> World:
    """Acme has come with many customers since the planner looked last."""
    world = make_world()
    grown(world.zenith, CUSTOMERS)
    analyzed(*TABLES)
    grown(world.acme, CUSTOMERS)
    return world


def test_tables_are_analyzed_in_which_a_large_tenant_is_not_known(newcomer: World) -> None:
    with tenant_context(newcomer.acme):
        assert know_tenant(TABLES) == ["profiles", "orders"]
        assert know_tenant(TABLES) == []


def test_a_tenant_the_planner_knows_costs_no_analysis(newcomer: World) -> None:
    with tenant_context(newcomer.zenith):
        assert know_tenant(TABLES) == []


def test_nothing_is_analyzed_within_a_transaction_which_would_hold_the_locks(newcomer: World) -> None:
    with tenant_context(newcomer.acme), transaction.atomic():
        assert know_tenant(TABLES) == []


def test_the_job_looks_at_every_table_of_every_tenant(newcomer: World) -> None:
    assert know_tenants() == 2
    assert know_tenants() == 0
