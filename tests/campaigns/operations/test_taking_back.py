"""Money that is taken back counts in the period it was spent in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from campaigns.models import BudgetSpend
from campaigns.operations.rolling import roll_over_budgets
from cdp.errors import Invalid
from cdp.models import Tenant
from tests.campaigns.making import BUDGET, change, fresh, make, spend
from tests.world import World

MORNING, NEXT_MORNING = "2026-03-10T03:00:00Z", "2026-03-11T03:00:00Z"


@pytest.mark.conforms("R125", "R126")
@time_machine.travel(MORNING, tick=False)
def test_what_was_spent_ahead_of_its_period_cannot_be_taken_back_from_the_current(
    world: World, acme: Tenant
) -> None:
    budget = make(world, BUDGET, period="DAILY", amount="100")
    spend(world, budget, "50", "ahead", occurredAt=NEXT_MORNING)
    with pytest.raises(Invalid, match="more than was spent"):
        spend(world, budget, "-50", "back")
    assert fresh(budget).amount_spent == 0
    spend(world, budget, "-20", "back", occurredAt=NEXT_MORNING)
    with pytest.raises(Invalid, match="more than was spent"):
        spend(world, budget, "-30.01", "again", occurredAt=NEXT_MORNING)
    assert BudgetSpend.objects.count() == 2
    with time_machine.travel(NEXT_MORNING, tick=False):
        roll_over_budgets(tenant=acme)
    assert (fresh(budget).amount_spent, budget.period_starts_on) == (Decimal("30.00"), date(2026, 3, 11))


@pytest.mark.conforms("R125", "R126")
@time_machine.travel(MORNING, tick=False)
def test_a_period_in_which_more_was_taken_back_than_spent_is_refused(world: World, acme: Tenant) -> None:
    budget = make(world, BUDGET, period="MONTHLY", amount="100", startsOn="2026-03-01")
    spend(world, budget, "40", "a", occurredAt="2026-03-02T03:00:00Z")
    spend(world, budget, "-40", "b")
    otherwise: list[dict[str, Any]] = [{"period": "DAILY"}, {"startsOn": "2026-03-05"}]
    for said in otherwise:
        with pytest.raises(Invalid, match="more than was spent"):
            change(world, budget, **said)
    assert (fresh(budget).period, budget.version, budget.starts_on) == ("MONTHLY", 1, date(2026, 3, 1))
