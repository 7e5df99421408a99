"""Recommendations, rules and past call lists of the demo companies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db import transaction

from cdm.automation.rules import RuleRecord
from cdm.choices import CallListName
from cdm.insights.call_list import is_held_out, priorities, room_to_win
from cdm.insights.errors import NotEnoughOrders
from cdm.insights.orders.book import OrderBook, day_number
from cdm.models import AutomationRule, CallListing, Order, Recommendation, WorkingRules
from cdm.operations.make_recommendations import make_recommendations
from cdm.operations.rules_of import rules_of
from cdm.operations.save_rule import save_rule
from cdm.recommending.customers import Customers, number_rows, read_catalogue, read_customers
from cdm.recommending.learning import learn_scores
from cdm.recommending.orders import read_book
from cdm.recommending.situations import today_of
from cdp.actors import Actor
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context

WEEKS = 10
# What makes a cart worth a call, by currency.
LARGE_CART = {"THB": 2_000, "ZAR": 1_000}


def recommend(tenant: Tenant, people: Sequence[Actor]) -> None:
    """Write rules, the lists of the last weeks, and today's recommendations, once."""
    with tenant_context(tenant):
        if Recommendation.objects.exists() or not Order.objects.exists():
            return
        if not AutomationRule.objects.exists():
            for record in _rules(tenant):
                save_rule(tenant=tenant, by=people[0], record=RuleRecord.parse(record))
        _list_past_weeks(tenant)
        make_recommendations(tenant)


def _rules(tenant: Tenant) -> list[dict[str, Any]]:
    cart = LARGE_CART.get(tenant.currency, 2_000)
    wish = {"title": "Wish a happy birthday", "kind": "greeting"}
    ask = {"title": "Ask what stopped the order", "kind": "call"}
    return [
        _rule(
            "Silent VIPs",
            [("orders", "gte", 5), ("last_order", "gte", 90)],
            {"boost": 20, "offer": "reactivation"},
        ),
        _rule(
            f"Abandoned carts over {cart:,} {tenant.currency}",
            [("drop_off_stage", "gte", "add_to_cart"), ("open_drop_off_value", "gte", cart)],
            {"boost": 10, "task": ask},
        ),
        _rule("Birthday this week", [("birthday", "lte", 7), ("orders", "gte", 1)], {"task": wish}),
    ]


def _rule(name: str, conditions: list[tuple[str, str, Any]], actions: dict[str, Any]) -> dict[str, Any]:
    asked = [{"field": field, "operator": operator, "value": value} for field, operator, value in conditions]
    return {"name": name, "isActive": True, "conditions": {"all": asked}, "actions": actions}


@transaction.atomic
def _list_past_weeks(tenant: Tenant) -> None:
    """Write the lists that would have been written each week, by what was known on that day."""
    number_rows(tenant)
    customers, catalogue = read_customers(tenant), read_catalogue(tenant)
    book, rules = read_book(tenant, customers, catalogue), rules_of(tenant)
    for week in range(WEEKS, 0, -1):
        _list_day(today_of(tenant) - timedelta(days=7 * week), book, customers, rules)


def _list_day(day: date, book: OrderBook, customers: Customers, rules: WorkingRules) -> None:
    try:
        scores, _windows = learn_scores(book, day_number(day))
    except NotEnoughOrders:
        return
    who, chance = scores.features.customer, scores.chance
    may = customers.is_contactable[who]
    ranks = priorities(scores.total, may)
    orders = {CallListName.MOST_VALUABLE: scores.total, CallListName.ROOM_TO_WIN: room_to_win(scores)}
    for name, key in orders.items():
        best = [row for row in np.argsort(-key, kind="stable").tolist() if may[row]][: rules.list_size]
        CallListing.objects.bulk_create(
            CallListing(
                profile_id=customers.ids[who[row]],
                list_name=name,
                listed_on=day,
                rank=rank,
                is_held_out=is_held_out(
                    customers.ids[who[row]], salt=rules.hold_out_salt, share=float(rules.hold_out_share)
                ),
                chance=float(chance[row]),
                priority=ranks[row],
            )
            for rank, row in enumerate(best, 1)
        )
