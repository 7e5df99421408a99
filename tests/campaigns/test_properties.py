"""What holds for all money, versions, shapes and containers."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.budgeting.dispatcher import from_micros, to_micros
from campaigns.budgeting.periods import period_around
from campaigns.choices import BudgetPeriodKind
from campaigns.errors import AssetNotFound
from campaigns.history import compare
from campaigns.models import AssetVersion, Budget, BudgetSpend
from campaigns.operations.lifecycle import delete_asset, restore_asset
from campaigns.operations.restore_version import restore_version
from campaigns.shapes import Demographics, FullStyleGuide
from cdp.errors import Invalid
from cdp.models import Tenant
from tests.campaigns.making import BRAND, BUDGET, CONTAINER, TARGET, change, fresh, make, spend
from tests.world import World

CENTS = st.decimals("-500", "500", places=2).filter(bool)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
# No column takes null characters: they are refused.
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-1000, 1000) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
# Without nulls, which say as much as saying nothing.
SAID = JSON.filter(lambda value: "null" not in json.dumps(value))
GUIDE_KEYS = ["colorPalette", "voiceGuidelines", "x", "extra"]
ACTS = ["bin", "back", "take", "drop"]
# Drawing JSON takes its time when the machine is busy.
pure = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
quick = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.conforms("R126")
@quick
@given(amount=st.decimals(0, "9999.99", places=2), spends=st.lists(CENTS, max_size=8))
def test_a_budget_is_its_ledger(world: World, acme: Tenant, amount: Decimal, spends: list[Decimal]) -> None:
    budget, total = make(world, BUDGET, amount=str(amount)), Decimal(0)
    for number, cents in enumerate(spends):
        if total + cents < 0:
            with pytest.raises(Invalid):
                spend(world, budget, str(cents), f"k{number}")
        else:
            spend(world, budget, str(cents), f"k{number}")
            total += cents
    stored: Budget = fresh(budget)
    ledger = BudgetSpend.objects.filter(budget=budget).values_list("amount", flat=True)
    assert stored.amount_spent == sum(ledger, Decimal(0)) == total
    assert stored.amount_remaining == amount - total
    share = total * 100 / amount if amount else Decimal(0)
    assert abs(stored.percentage_spent - min(share, Decimal("999.99"))) <= Decimal("0.005")


@given(amount=st.decimals(0, "9223372036854.77", places=2))
def test_millionths_lose_nothing(amount: Decimal) -> None:
    assert from_micros(to_micros(amount)) == amount


@given(kind=st.sampled_from(BudgetPeriodKind.values), starts=DAYS, length=st.integers(0, 4000), day=DAYS)
def test_periods_cover_every_day_once(kind: str, starts: date, length: int, day: date) -> None:
    ends = starts + timedelta(days=length)
    budget: Any = SimpleNamespace(period=kind, starts_on=starts, ends_on=ends)
    inside = min(max(day, starts), ends)
    first, last = period_around(budget, day)
    assert last is not None
    assert starts <= first <= inside <= last <= ends
    assert period_around(budget, first) == period_around(budget, last) == (first, last)
    if last < ends:
        assert period_around(budget, last + timedelta(days=1))[0] == last + timedelta(days=1)


@pure
@given(known=st.fixed_dictionaries({}, optional={"gender": st.just("female")}), unknown=JSON)
def test_what_is_not_known_is_kept(known: dict[str, Any], unknown: Any) -> None:
    first = Demographics.model_validate({**known, "shoeSize": unknown}).as_json()
    assert first == {**known, "extra": {"shoeSize": unknown}}
    assert Demographics.model_validate(first).as_json() == first


@given(
    data=st.dictionaries(st.sampled_from(["colorPalette", "voiceGuidelines", "x", "extra"]), JSON, max_size=4)
)
def test_no_guide_is_read_otherwise_the_second_time(data: dict[str, Any]) -> None:
    try:
        first = FullStyleGuide.model_validate(data).as_json()
    except ValueError:
        return
    assert FullStyleGuide.model_validate(first).as_json() == first


@pure
@given(before=SAID, after=SAID)
def test_two_versions_differ_where_they_are_not_the_same(before: Any, after: Any) -> None:
    is_same = json.dumps(before, sort_keys=True) == json.dumps(after, sort_keys=True)
    assert (not list(compare({"v": before}, {"v": after}))) is is_same


@pytest.mark.conforms("R129")
@quick
@given(names=st.lists(st.sampled_from(["A", "B", "C"]), min_size=1, max_size=6), data=st.data())
def test_any_version_comes_back_as_it_was(
    world: World, acme: Tenant, names: list[str], data: st.DataObject
) -> None:
    target = make(world, TARGET, name="A", demographics={"ageRange": {"min": 18}})
    for number, name in enumerate(names):
        change(world, target, name=name, demographics={"ageRange": {"min": 18 + number}})
    latest = fresh(target).version
    number = data.draw(st.integers(1, latest))
    restored = restore_version(tenant=acme, by=world.by, kind=TARGET, asset_id=target.pk, number=number)
    versions = dict(AssetVersion.objects.filter(profile_id=target.pk).values_list("version", "data"))
    assert versions[restored.version] == versions[number]
    assert sorted(versions) == list(range(1, restored.version + 1))


@pytest.mark.conforms("R127")
@quick
@given(
    acts=st.lists(st.tuples(st.sampled_from(["bin", "back", "take", "drop"]), st.integers(0, 2)), max_size=12)
)
def test_a_container_is_complete_exactly_when_nothing_is_missing(
    world: World, acme: Tenant, acts: list[tuple[str, int]]
) -> None:
    parts = [make(world, kind) for kind in (TARGET, BRAND, BUDGET)]
    wires = ("customerProfileId", "brandGuidelinesId", "budgetId")
    container = make(world, CONTAINER)
    for act, number in acts:
        named = {"tenant": acme, "by": world.by, "kind": parts[number].kind, "asset_id": parts[number].pk}
        try:
            if act in {"bin", "back"}:
                (delete_asset if act == "bin" else restore_asset)(**named)
            else:
                part_id = str(parts[number].pk) if act == "take" else None
                said: dict[str, Any] = {wires[number]: part_id}
                change(world, container, **said)
        except (AssetNotFound, Invalid):
            continue
    stored = fresh(container)
    missing = [
        name
        for name, part in zip(("customer_profile", "brand_guidelines", "budget"), parts, strict=True)
        if getattr(stored, f"{name}_id") is None or fresh(part).deleted_at is not None
    ]
    assert stored.missing_profiles == missing
    assert stored.is_complete is (not missing)
