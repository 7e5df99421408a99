"""The page of the company's thresholds."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from cdm.models import WorkingRules
from cdm.operations.record_order import record_order
from cdm.operations.refresh_summaries import refresh_summaries
from cdm.operations.rules_of import rules_of
from cdm.orders.records import OrderRecord
from cdp.models import AuditEntry
from cdp.tenancy.context import tenant_context
from tests.factories.profiles import ProfileFactory
from tests.world import World

PAGE = "/admin/crm/rules"
TYPED = {
    "hot_days": "20",
    "warm_days": "60",
    "inactive_days": "200",
    "repeat_orders": "2",
    "loyal_orders": "4",
    "vip_orders": "8",
    "vip_value": "",
    "list_size": "50",
    "rest_days": "2",
    "hold_out_share": "0.10",
    "reminder_days": "5",
    "closed_hours": ["0", "1", "23"],
}


@pytest.fixture
def admin(world: World) -> Client:
    return world.browser(world.alice)


def stored(world: World) -> WorkingRules:
    return rules_of(world.acme)


def test_thresholds_are_shown_changed_and_put_back(world: World, admin: Client) -> None:
    before = stored(world)
    assert f'value="{before.hot_days}"' in admin.get(PAGE).content.decode()

    answer = admin.post(PAGE, TYPED, follow=True)
    now = stored(world)
    assert (now.hot_days, now.hold_out_share, now.closed_hours) == (20, Decimal("0.10"), [0, 1, 23])

    token = re.search(r'name="token" value="([^"]+)"', answer.content.decode())
    assert token
    admin.post("/admin/undo", {"token": token[1]})
    again = stored(world)
    assert (again.hot_days, again.hold_out_share, again.closed_hours) == (
        before.hot_days,
        before.hold_out_share,
        before.closed_hours,
    )
    with tenant_context(world.acme):
        assert AuditEntry.objects.filter(verb="rules.change").count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"hot_days": "90"},
        {"hot_days": "-1"},
        {"hot_days": ""},
        {"hot_days": "9" * 30},
        {"inactive_days": "36501"},
        {"closed_hours": ["24"]},
        {"hold_out_share": "NaN"},
        {"list_size": "x"},
    ],
    ids=str,
)
def test_what_does_not_go_together_is_refused_and_nothing_is_written(
    world: World, admin: Client, wrong: dict[str, Any]
) -> None:
    answer = admin.post(PAGE, TYPED | wrong)
    assert answer.status_code == 400
    assert "Not saved yet" in answer.content.decode()
    assert stored(world).hot_days == 30


def test_what_saving_would_change_is_told_and_not_done(world: World, admin: Client) -> None:
    with tenant_context(world.acme):
        customer = ProfileFactory()
        for number in range(4):
            record = OrderRecord.model_validate(
                {"number": str(number), "customer_id": customer.pk, "total": "10.00"}
            )
            record_order(tenant=world.acme, by=world.by, record=record)
    page = admin.post(f"{PAGE}/count", TYPED).content.decode()
    numbers = re.findall(r'consequence__number">(\d+)<', page)
    assert numbers == ["0", "0", "1"]  # loyal from four orders on
    assert stored(world).loyal_orders == 5
    assert (
        "consequence__number" not in admin.post(f"{PAGE}/count", TYPED | {"hot_days": "90"}).content.decode()
    )


def test_agents_may_not(world: World) -> None:
    bob = world.browser(world.bob)
    assert bob.get(PAGE).status_code == 403
    assert bob.post(PAGE, TYPED).status_code == 403
    assert bob.post(f"{PAGE}/count", TYPED).status_code == 403


def test_the_database_holds_days_within_a_hundred_years(world: World) -> None:
    with tenant_context(world.acme):
        rules = rules_of(world.acme)
        WorkingRules.objects.filter(pk=rules.pk).update(inactive_days=36_500)
        with pytest.raises(IntegrityError, match="working_rules_days_grow"), transaction.atomic():
            WorkingRules.objects.filter(pk=rules.pk).update(inactive_days=36_501)
        refresh_summaries(tenant=world.acme, profile_ids=[ProfileFactory().pk])
