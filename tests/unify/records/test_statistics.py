"""The planner is told of a tenant whose records are being made: else each batch reads all before it."""

from __future__ import annotations

import pytest
from django.db import connection

from cdp.postgresql.statistics import outgrows
from cdp.tenancy.context import tenant_context
from tests.factories.profiles import ProfileFactory
from tests.world import make_world
from unify.models import MatchKey
from unify.records import refresh as refreshing
from unify.records.refresh import refresh_all


@pytest.mark.django_db(transaction=True)
def test_the_first_records_of_a_tenant_renew_the_statistics(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refreshing, "BATCH", 3)
    world = make_world()
    with tenant_context(world.acme):
        for _ in range(3):
            ProfileFactory()
        refresh_all(world.acme)
        made = MatchKey.objects.count()
        with connection.cursor() as cursor:
            # The view of statistics shows nothing of tables with row security.
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'match_keys'")
            assert cursor.fetchone() == (made,)


@pytest.mark.parametrize(
    ("before", "after", "renewed"),
    [(0, 4, False), (0, 5, True), (5, 19, False), (19, 20, True), (20, 79, False), (60, 90, True)],
)
def test_they_are_renewed_each_time_it_has_grown_fourfold(before: int, after: int, renewed: bool) -> None:
    assert outgrows(before, after, first=5) is renewed
