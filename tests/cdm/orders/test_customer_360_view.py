"""The SQL view of S3, and the wall through it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from cdm.operations.refresh_summaries import refresh_summaries
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from tests.factories.cdm_orders import OrderFactory
from tests.factories.profiles import ProfileFactory
from tests.world import World


def rows() -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM customer_360_view ORDER BY customer_id")
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@pytest.mark.conforms("R82")
def test_the_view_shows_each_customer_with_their_numbers(acme: Tenant) -> None:
    profile = ProfileFactory(address={"city": "Bangkok", "district": "Pathum Wan"})
    OrderFactory(profile=profile, total=300)
    OrderFactory(profile=profile, total=200)
    refresh_summaries(tenant=acme, profile_ids=[profile.pk])
    ProfileFactory(status="DELETED")
    (row,) = rows()
    assert (row["customer_id"], row["first_name"], row["email"]) == (
        profile.pk,
        profile.first_name,
        profile.email,
    )
    assert (row["total_orders"], row["lifetime_value"], row["avg_order_value"]) == (2, 500, 250)
    assert (row["city"], row["district"], row["customer_type"]) == ("Bangkok", "Pathum Wan", "repeat")
    assert row["days_since_last_order"] >= 0
    wanted = {"lifecycle_stage", "customer_temperature", "total_interactions", "total_calls", "total_emails"}
    assert wanted | {"total_whatsapp", "products_viewed", "family_members_count", "gender"} <= set(row)


def test_nobody_sees_another_companys_customers_through_the_view(world: World, acme: Tenant) -> None:
    mine = ProfileFactory()
    with tenant_context(world.zenith):
        theirs = ProfileFactory()
        assert [row["customer_id"] for row in rows()] == [theirs.pk]
    assert [row["customer_id"] for row in rows()] == [mine.pk]
