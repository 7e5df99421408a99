"""Drop-offs that the order recovers by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cdm.models import DropOff
from cdm.operations.recover_drop_off import recover_by_orders
from cdp.models import AuditEntry, Tenant
from tests.factories.cdm_orders import OrderFactory
from tests.factories.cdm_people import DropOffFactory
from tests.factories.profiles import ProfileFactory
from tests.world import World


@pytest.mark.conforms("R69")
def test_the_first_order_after_a_drop_off_recovers_it_set_wise(
    acme: Tenant, world: World, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    now = timezone.now()
    people = [ProfileFactory() for _ in range(5)]
    ago = (2, 2, 40, 2, 2)
    rows = [
        DropOffFactory(profile=one, occurred_at=now - timedelta(days=days))
        for one, days in zip(people, ago, strict=True)
    ]
    first = OrderFactory(profile=people[0], ordered_at=now - timedelta(days=1))
    orders = [
        OrderFactory(profile=people[0], ordered_at=now),
        first,
        OrderFactory(profile=people[1], ordered_at=now - timedelta(days=3)),  # before
        OrderFactory(profile=people[2], ordered_at=now),  # too long after
        OrderFactory(profile=people[3], ordered_at=now, status="CANCELLED"),
    ]
    with django_assert_num_queries(5):  # type: ignore[operator]  # two of them are a savepoint
        touched = recover_by_orders(tenant=acme, by=world.by, order_ids=[order.pk for order in orders])
    assert touched == {people[0].pk}
    recovered = DropOff.objects.get(recovered_at__isnull=False)
    assert (recovered.pk, recovered.recovered_by_id, recovered.recovered_at) == (
        rows[0].pk,
        first.pk,
        first.ordered_at,
    )
    assert AuditEntry.objects.filter(verb="drop_off.recover").count() == 1
