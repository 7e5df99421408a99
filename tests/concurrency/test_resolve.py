"""One person stays one customer, however many ask at the same moment."""

from __future__ import annotations

import random

import pytest

from cdp.models import AuditEntry
from cdp.tenancy.context import tenant_context
from profiles.identity import Hints
from profiles.models import ContactPoint, Profile
from profiles.operations.resolve import resolve
from tests.concurrency.parallel import at_once
from tests.world import World, make_world

pytestmark = pytest.mark.django_db(transaction=True)
CALLS = 100


@pytest.fixture
def committed() -> World:
    """The world, visible to every connection."""
    return make_world()


def ask(world: World, hints: Hints) -> tuple[str, bool]:
    with tenant_context(world.acme):
        found = resolve(tenant=world.acme, by=world.by, hints=hints)
        assert found.profile is not None
        return str(found.profile.pk), found.is_new


def test_a_hundred_calls_for_one_new_address_make_one_customer(committed: World) -> None:
    hints = Hints(email="new@example.com", source="WEBSITE")
    answers = at_once([lambda: ask(committed, hints)] * CALLS)
    assert len({key for key, _ in answers}) == 1
    assert [is_new for _, is_new in answers].count(True) == 1
    with tenant_context(committed.acme):
        assert Profile.objects.count() == 1
        assert ContactPoint.objects.filter(value="new@example.com").count() == 1
        assert AuditEntry.objects.count() == 1


def test_hints_that_overlap_in_any_order_neither_deadlock_nor_make_twins(committed: World) -> None:
    """E-mail with phone, phone with id, id with e-mail: whoever comes first, it is one person."""
    pairs = [
        Hints(email="one@example.com", phone="+66812345678"),
        Hints(phone="+66812345678", ids={"memberId": "M1"}),
        Hints(ids={"memberId": "M1"}, email="one@example.com"),
    ]
    # The three know of each other only once one of the pairs that link them is stored.
    with tenant_context(committed.acme):
        ask(committed, pairs[0])
        ask(committed, pairs[1])
    calls = pairs * (CALLS // 3)
    random.shuffle(calls)
    answers = at_once([lambda hints=hints: ask(committed, hints) for hints in calls])  # type: ignore[misc]
    assert len({key for key, _ in answers}) == 1
    with tenant_context(committed.acme):
        assert Profile.objects.count() == 1
        assert ContactPoint.objects.count() == 2


def test_different_people_are_made_side_by_side(committed: World) -> None:
    answers = at_once(
        [lambda n=n: ask(committed, Hints(email=f"person{n % 20}@example.com")) for n in range(CALLS)]  # type: ignore[misc]
    )
    assert len({key for key, _ in answers}) == 20
    assert [is_new for _, is_new in answers].count(True) == 20


def test_two_tenants_with_the_same_customer_do_not_meet(committed: World) -> None:
    def there(tenant_name: str) -> str:
        tenant = getattr(committed, tenant_name)
        with tenant_context(tenant):
            found = resolve(tenant=tenant, by=committed.by, hints=Hints(email="shared@example.com"))
            assert found.profile is not None
            return str(found.profile.pk)

    keys = at_once([lambda name=name: there(name) for name in ("acme", "zenith") * 20])  # type: ignore[misc]
    assert len(set(keys[0::2])) == len(set(keys[1::2])) == 1
    assert set(keys[0::2]).isdisjoint(keys[1::2])
