"""Verbs that change a row of a customer lock the customer first: two that meet never wait in a circle."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from psycopg import errors as pg

from cdm.errors import RowNotFound
from cdm.models import ActivityTask, Deal, DropOff, FamilyMember, Interaction
from cdm.operations.attach_orders import attach_orders
from cdm.operations.change_family_member import remove_family_member
from cdm.operations.change_interaction import delete_interaction
from cdm.operations.create_task import complete_task
from cdm.operations.open_deal import move_deal
from cdm.operations.recover_drop_off import recover_drop_off
from cdm.records.pipeline import DealMove
from cdm.rows import locked_with_customer
from cdp.api.problems import problem_response
from cdp.models import Tenant
from tests.factories import cdm_people as make
from tests.factories.cdm_orders import OrderFactory
from tests.factories.profiles import ProfileFactory, ProfileIdentifierFactory
from tests.world import World

Verb = Callable[[Any, dict[str, Any]], object]
WON = DealMove.model_validate({"stage": "won"})
VERBS: dict[type, Verb] = {
    DropOff: lambda pk, by: recover_drop_off(drop_off_id=pk, **by),
    Interaction: lambda pk, by: delete_interaction(interaction_id=pk, **by),
    Deal: lambda pk, by: move_deal(deal_id=pk, record=WON, **by),
    FamilyMember: lambda pk, by: remove_family_member(member_id=pk, **by),
    ActivityTask: lambda pk, by: complete_task(task_id=pk, **by),
}


def locks(queries: CaptureQueriesContext) -> list[str]:
    """Return the tables whose rows were locked or changed, in order."""
    found = []
    for query in queries.captured_queries:
        text = query["sql"]
        if "FOR UPDATE" in text or "FOR NO KEY UPDATE" in text:
            found.append(text.split('FROM "')[1].split('"')[0] if 'FROM "' in text else "profiles")
        elif "UPDATE orders" in text:
            found.append("orders")
    return found


@pytest.mark.parametrize("model", VERBS, ids=lambda model: model.__name__)
def test_the_customer_is_locked_before_the_row(acme: Tenant, world: World, model: type) -> None:
    row = getattr(make, f"{model.__name__}Factory")(profile=ProfileFactory())
    with CaptureQueriesContext(connection) as queries:
        VERBS[model](row.pk, {"tenant": acme, "by": world.by})
    assert locks(queries)[:2] == ["profiles", row._meta.db_table]


def test_customers_are_locked_before_the_orders_that_waited_for_them(acme: Tenant) -> None:
    OrderFactory(profile=None, customer_ref="E7", source="ERP")
    customer = ProfileIdentifierFactory(source="ERP", external_id="E7").profile
    with CaptureQueriesContext(connection) as queries:
        assert attach_orders(tenant=acme, profile_ids=[customer.pk]) == 1
    assert locks(queries)[:2] == ["profiles", "orders"]


def test_a_row_that_a_merge_moves_meanwhile_is_locked_with_its_new_customer(
    acme: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, survivor = make.DealFactory(profile=ProfileFactory()), ProfileFactory()

    def merging(error: type[Exception]) -> suppress:
        """Move the row between the look at whose it is and the locks."""
        Deal.objects.filter(pk=row.pk).update(profile=survivor)
        return suppress(error)

    monkeypatch.setattr("cdm.rows.suppress", merging)
    with CaptureQueriesContext(connection) as queries:
        assert locked_with_customer(Deal, row.pk).profile_id == survivor.pk
    assert sum("ROLLBACK TO SAVEPOINT" in query["sql"] for query in queries.captured_queries) == 1


def test_a_row_that_is_not_there_is_not_found(acme: Tenant) -> None:
    with pytest.raises(RowNotFound):
        locked_with_customer(Deal, uuid.uuid4())


@pytest.mark.parametrize("cause", [pg.DeadlockDetected(), pg.SerializationFailure()])
def test_whoever_is_let_go_by_the_database_may_try_again(world: World, cause: Exception) -> None:
    error = OperationalError("deadlock detected")
    error.__cause__ = cause
    answer = problem_response(error, {})
    assert answer is not None
    assert (answer.status_code, answer.data["detail"]) == (
        409,
        "Somebody else changed this at the same moment. Try again.",
    )
    assert problem_response(OperationalError("gone"), {}) is None
