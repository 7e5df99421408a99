"""Summaries: the SQL says what the rules say, verbs keep what a rebuild makes, and time moves people on."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from cdm.choices import BehaviourType, Direction, InteractionType
from cdm.insights.lifecycle import Facts, Thresholds, standing
from cdm.models import BehaviourEvent, CustomerSummary, Deal, Interaction, Order
from cdm.operations.attach_orders import attach_orders
from cdm.operations.cancel_order import cancel_order
from cdm.operations.record_order import record_order
from cdm.operations.refresh_summaries import refresh_summaries
from cdm.operations.rules_of import rules_of
from cdm.orders.errors import HasReturns
from cdm.orders.records import OrderRecord
from cdm.summaries.rebuild import make_missing, rebuild, refresh_due
from cdm.summaries.rules import thresholds_of
from cdp.models import Tenant
from profiles.models import CustomerEvent, Profile
from profiles.panels.sentences import sentence
from tests.factories.cdm_orders import OrderFactory
from tests.factories.profiles import ProfileFactory, ProfileIdentifierFactory
from tests.world import World

NOW = datetime(2026, 6, 15, 20, tzinfo=ZoneInfo("UTC"))  # the 16th in Bangkok
STAGES = ["SUBSCRIBER", "lead", "prospect", "loyal", "VIP"]


def summary_of(profile: Profile) -> CustomerSummary:
    return CustomerSummary.objects.get(profile=profile)


def _random_customer(rng: random.Random) -> tuple[Profile, str]:
    stage, silent = rng.choice(STAGES), rng.choice([0, 0, 300])
    profile = ProfileFactory(lifecycle_stage=stage)

    def moment() -> datetime:
        days = silent + rng.choice([0, 29, 30, 31, 89, 90, 91, 364, 365, 366, 500])
        return NOW - timedelta(days=days, hours=rng.choice([0, 3, 12, 23]))

    for _ in range(rng.choice([0, 0, 1, 2, 4, 5, 9, 10, 12])):
        total = Decimal(rng.choice([0, 100, 5000]))
        OrderFactory(
            profile=profile,
            ordered_at=moment(),
            total=total,
            returned=rng.choice([0, 0, total]),
            status=rng.choice(["COMPLETED", "OPEN", "CANCELLED"]),
        )
    for _ in range(rng.choice([0, 0, 1, 2])):
        Interaction.objects.create(
            profile=profile,
            type=rng.choice(InteractionType.values),
            direction=rng.choice(Direction.values),
            was_answered=rng.choice([None, True, False]),
            occurred_at=moment(),
        )
    if rng.random() < 0.3:
        kind = rng.choice(BehaviourType.values)
        BehaviourEvent.objects.create(profile=profile, type=kind, product_ref="CUP", occurred_at=moment())
    if rng.random() < 0.1:
        Deal.objects.create(profile=profile, title="Tea for the office", currency="THB")
    return profile, stage


def _facts(tenant: Tenant, profile: Profile, stage: str) -> Facts:
    zone, today = ZoneInfo(tenant.time_zone), NOW.astimezone(ZoneInfo(tenant.time_zone)).date()
    orders = list(Order.objects.filter(profile=profile).exclude(status="CANCELLED"))
    counted = [order for order in orders if order.returned < order.total or order.total == 0]
    talks = list(Interaction.objects.filter(profile=profile))
    seen = BehaviourEvent.objects.filter(profile=profile, type__in=["product_view", "add_to_cart"])

    def days(moments: list[datetime]) -> int | None:
        return (today - max(moments).astimezone(zone).date()).days if moments else None

    return Facts(
        orders=len(counted),
        value=sum((order.total for order in orders), Decimal("0.00")),
        days_since_order=days([order.ordered_at for order in counted]),
        days_since_contact=days([talk.occurred_at for talk in talks]),
        has_answered=any(talk.direction == "inbound" or talk.was_answered for talk in talks),
        has_shown_interest=seen.exists() or Deal.objects.filter(profile=profile).exists(),
        stage=stage,
    )


@pytest.mark.conforms("R11", "R111")
@pytest.mark.parametrize("vip_value", [None, Decimal("9000.00")])
def test_the_sql_says_exactly_what_the_written_rules_say(acme: Tenant, vip_value: Decimal | None) -> None:
    rng = random.Random(11)
    people = [_random_customer(rng) for _ in range(60)]
    rules = rules_of(acme)
    rules.vip_value = vip_value
    rules.save()
    refresh_summaries(tenant=acme, profile_ids=[profile.pk for profile, _ in people], now=NOW)
    values = set()
    for profile, stage in people:
        found = summary_of(profile)
        _is_as_the_rules_say(acme, found, _facts(acme, profile, stage), thresholds_of(rules))
        profile.refresh_from_db()
        assert profile.lifecycle_stage == found.lifecycle_stage
        values |= {found.temperature, found.customer_type, found.lifecycle_stage}
    assert {"hot", "warm", "cold", "new", "repeat", "inactive", "loyal", "prospect"} <= values


def _is_as_the_rules_say(
    tenant: Tenant, found: CustomerSummary, facts: Facts, thresholds: Thresholds
) -> None:
    wanted = standing(facts, thresholds)
    said = (wanted.temperature, wanted.customer_type, wanted.lifecycle_stage)
    assert (found.temperature, found.customer_type, found.lifecycle_stage) == tuple(one.value for one in said)
    reasons = (found.temperature_reason, found.type_reason, found.stage_reason)
    assert reasons == tuple(one.reason for one in said)
    if found.changes_on is not None:
        # On the day before, nothing has changed yet; on the day itself, something has.
        ahead = (found.changes_on - NOW.astimezone(ZoneInfo(tenant.time_zone)).date()).days
        before, then = (standing(_moved(facts, days), thresholds) for days in (ahead - 1, ahead))
        assert (before.temperature.value, before.customer_type.value) == (
            found.temperature,
            found.customer_type,
        )
        assert (then.temperature.value, then.customer_type.value) != (found.temperature, found.customer_type)


def _moved(facts: Facts, days: int) -> Facts:
    """Return the facts as they are ``days`` later, when nothing has happened."""
    order, contact = facts.days_since_order, facts.days_since_contact
    return Facts(
        facts.orders,
        facts.value,
        None if order is None else order + days,
        None if contact is None else contact + days,
        facts.has_answered,
        facts.has_shown_interest,
        facts.stage,
    )


@pytest.mark.parametrize("seed", range(3))
def test_random_verbs_keep_what_a_rebuild_makes(world: World, acme: Tenant, seed: int) -> None:
    rng = random.Random(seed)
    people = [ProfileFactory() for _ in range(4)]
    refresh_summaries(tenant=acme, profile_ids=[one.pk for one in people])
    for step in range(40):
        number = f"O{rng.randrange(12)}"
        if rng.random() < 0.2 and (known := Order.objects.filter(number=number).first()):
            try:
                cancel_order(tenant=acme, by=world.by, order_id=known.pk)
            except HasReturns:
                assert known.kind == "SALE"
            continue
        said = {"source": "ERP", "number": number, "total": rng.randrange(0, 900), "status": "COMPLETED"}
        said["orderedAt"] = (timezone.now() - timedelta(days=rng.randrange(0, 500))).isoformat()
        if rng.random() < 0.8:
            said["customerId"] = str(rng.choice(people).pk)
        sales = Order.objects.filter(kind="SALE").exclude(number=number).exclude(status="CANCELLED")
        if rng.random() < 0.3 and sales.exists():
            said |= {"number": f"R{step}", "kind": "RETURN", "returns": rng.choice(list(sales)).number}
        record_order(tenant=acme, by=world.by, record=OrderRecord.parse(said, tenant=acme))
    kept = _rows()
    CustomerSummary.objects.all().delete()
    rebuild(acme)
    assert _rows() == kept


def _rows() -> list[tuple[object, ...]]:
    columns = [f.attname for f in CustomerSummary._meta.concrete_fields if f.name not in {"id", "updated_at"}]
    return list(CustomerSummary.objects.order_by("profile_id").values_list(*columns))


@pytest.mark.conforms("R111")
def test_time_alone_moves_a_customer_and_the_timeline_says_why(acme: Tenant) -> None:
    order = OrderFactory(ordered_at=NOW - timedelta(days=1))
    assert order.profile is not None
    refresh_summaries(tenant=acme, profile_ids=[order.profile.pk], now=NOW)
    assert refresh_due(acme, now=NOW + timedelta(days=20)) == 0
    assert summary_of(order.profile).temperature == "hot"
    assert refresh_due(acme, now=NOW + timedelta(days=31)) == 1
    assert summary_of(order.profile).temperature == "warm"
    assert refresh_due(acme, now=NOW + timedelta(days=400)) == 1
    found = summary_of(order.profile)
    assert (found.temperature, found.customer_type, found.lifecycle_stage) == ("cold", "inactive", "inactive")
    assert found.changes_on is None
    event = CustomerEvent.objects.filter(type="temperature_changed").latest("timestamp")
    assert event.payload == {"from": "warm", "to": "cold", "reason": "last order more than 90 days ago"}
    told = sentence(event.type, event.payload, currency="THB")
    assert str(told.text) == "Temperature is now Cold: last order more than 90 days ago"


def test_a_stage_somebody_said_stands_until_the_first_order(acme: Tenant) -> None:
    profile = ProfileFactory(lifecycle_stage="loyal")
    refresh_summaries(tenant=acme, profile_ids=[profile.pk])
    assert summary_of(profile).lifecycle_stage == "loyal"
    profile.refresh_from_db()
    assert profile.version == 1
    OrderFactory(profile=profile, ordered_at=timezone.now())
    refresh_summaries(tenant=acme, profile_ids=[profile.pk])
    profile.refresh_from_db()
    assert (profile.lifecycle_stage, profile.version) == ("first_buyer", 2)


def test_deleted_customers_have_no_summary_and_new_ones_get_theirs(acme: Tenant) -> None:
    profile = ProfileFactory()
    assert make_missing(acme) == 1
    assert make_missing(acme) == 0
    assert not CustomerEvent.objects.exists()
    Profile.objects.filter(pk=profile.pk).update(status="DELETED")
    refresh_summaries(tenant=acme, profile_ids=[profile.pk])
    assert not CustomerSummary.objects.exists()


def test_orders_that_came_first_find_their_customer(acme: Tenant) -> None:
    waiting = OrderFactory(profile=None, customer_ref="E7", source="ERP")
    OrderFactory(profile=None, customer_ref="E8", source="ERP")
    profile = ProfileIdentifierFactory(source="ERP", external_id="E7").profile
    assert attach_orders(tenant=acme, profile_ids=[profile.pk]) == 1
    waiting.refresh_from_db()
    assert waiting.profile_id == profile.pk
    assert summary_of(profile).orders == 1
    profile.refresh_from_db()
    assert profile.last_activity_at == waiting.ordered_at


def test_customers_whom_an_import_made_find_their_orders_at_night(acme: Tenant) -> None:
    """Imports tell nobody which customers they make."""
    OrderFactory(profile=None, customer_ref="E7", source="ERP")
    new = ProfileIdentifierFactory(source="ERP", external_id="E7").profile
    assert make_missing(acme) == 1
    assert summary_of(new).orders == 1
    late = OrderFactory(profile=None, customer_ref="E9", source="ERP")
    ProfileIdentifierFactory(profile=new, source="ERP", external_id="E9")
    assert make_missing(acme) == 0
    rebuild(acme)
    late.refresh_from_db()
    assert late.profile_id == new.pk
    assert summary_of(new).orders == 2


def test_strangers_orders_count_for_nobody_here(world: World, acme: Tenant) -> None:
    profile = ProfileFactory()
    refresh_summaries(tenant=world.zenith, profile_ids=[profile.pk])
    assert not CustomerSummary.objects.exists()
