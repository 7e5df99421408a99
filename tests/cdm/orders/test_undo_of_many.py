"""An import of orders is taken back in statements over all of them, however many they are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cdm.models import Order
from cdp.models import Tenant
from profiles.imports.choices import RowAction, UndoOutcome
from profiles.imports.models import ImportRow
from profiles.imports.operations.undo import undo_import, undo_run
from tests.cdm.orders.test_import_orders import BY, imported


def test_taking_back_makes_no_object_of_an_order_and_names_none(
    acme: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = imported(acme)
    made: list[Order] = []
    number = Order.objects.order_by("number").values_list("number", flat=True)[0]
    undo_import(tenant=acme, by=BY, run_id=run.pk, is_queued=False)
    with monkeypatch.context() as patch, CaptureQueriesContext(connection) as asked:
        patch.setattr(Order, "from_db", classmethod(lambda cls, *row: made.append(cls(pk=row[2][0]))))
        undo_run(tenant=acme, run_id=run.pk)
    assert made == []
    assert [query["sql"] for query in asked if f"'{number}'" in query["sql"]] == []
    assert set(ImportRow.objects.exclude(action=RowAction.ERROR).values_list("undone", flat=True)) == {
        UndoOutcome.RESTORED
    }
