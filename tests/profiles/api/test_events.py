"""What happened to a customer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from cdp.tenancy.context import tenant_context
from profiles.choices import ProfileStatus
from profiles.models import CustomerEvent, Profile
from tests.factories.profiles import CustomerEventFactory, ProfileFactory
from tests.profiles.api.expect import nothing_written, problem
from tests.world import World


@pytest.mark.conforms("R65", "R25")
def test_an_event_is_recorded_and_marks_the_customer_active(api: APIClient, somchai: Profile) -> None:
    sent = {
        "type": "purchase",
        "timestamp": "2026-01-31T08:30:00Z",
        "source": "Website",
        "payload": {"orderId": "ORD-1", "amount": 12.5},
        "customerId": "legacy-7",
    }
    response = api.post(f"/profiles/{somchai.pk}/events", sent)
    assert response.status_code == 201, response.content
    body = response.json()
    assert {name: body[name] for name in sent} == sent
    assert body["profileId"] == str(somchai.pk)
    somchai.refresh_from_db()
    assert somchai.last_activity_at == datetime(2026, 1, 31, 8, 30, tzinfo=UTC)


def test_a_time_without_zone_is_the_tenants(api: APIClient, somchai: Profile) -> None:
    body = api.post(f"/profiles/{somchai.pk}/events", {"type": "x", "timestamp": "2026-01-31T08:30:00"})
    assert body.json()["timestamp"] == "2026-01-31T01:30:00Z"


@pytest.mark.conforms("R65")
def test_events_are_paged_newest_first_and_filtered(api: APIClient, somchai: Profile) -> None:
    now = timezone.now()
    for minutes in range(5):
        CustomerEventFactory(
            profile=somchai,
            type="purchase" if minutes % 2 else "page_view",
            source="Website",
            timestamp=now - timedelta(minutes=minutes),
            payload={"minutes": minutes},
        )
    CustomerEventFactory()
    path = f"/profiles/{somchai.pk}/events"
    body = api.get(path, {"limit": 2, "page": 2}).json()
    assert [event["payload"]["minutes"] for event in body["data"]] == [2, 3]
    assert body["meta"] == {"total": 5, "totalIsExact": True, "page": 2, "limit": 2, "totalPages": 3}
    assert api.get(path, {"type": "purchase"}).json()["meta"]["total"] == 2
    assert api.get(path, {"source": "LINE"}).json()["data"] == []


@pytest.mark.conforms("R28")
def test_events_of_a_merged_id_are_the_survivors(api: APIClient, somchai: Profile) -> None:
    loser = ProfileFactory(status=ProfileStatus.MERGED, merged_into=somchai)
    assert api.post(f"/profiles/{loser.pk}/events", {"type": "x"}).json()["profileId"] == str(somchai.pk)
    assert api.get(f"/profiles/{loser.pk}/events").json()["meta"]["total"] == 1


@pytest.mark.conforms("R170")
@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"type": ""}, "type"),
        ({"type": "x" * 61}, "type"),
        ({"type": None}, "type"),
        ({"timestamp": "yesterday"}, "timestamp"),
        ({"timestamp": 1e18}, "timestamp"),
        ({"timestamp": "0001-01-01T00:00:00+14:00"}, "timestamp"),
        ({"timestamp": "9999-12-31T23:59:59-12:00"}, "timestamp"),
        ({"payload": [1]}, "payload"),
        ({"payload": {"a": "x" * 70_000}}, "payload"),
        ({"customerId": 7}, "customerId"),
        ({"profileId": "x"}, "profileId"),
    ],
)
def test_a_bad_event_is_refused_by_name(
    api: APIClient, somchai: Profile, said: dict[str, Any], field: str
) -> None:
    with nothing_written():
        response = api.post(f"/profiles/{somchai.pk}/events", {"type": "purchase", **said})
    assert list(problem(response, 400)["errors"]) == [field]


@pytest.mark.conforms("R158")
def test_a_strangers_events_are_neither_seen_nor_made(api: APIClient, world: World) -> None:
    with tenant_context(world.zenith):
        theirs = CustomerEventFactory().profile
    problem(api.get(f"/profiles/{theirs.pk}/events"), 404)
    problem(api.post(f"/profiles/{theirs.pk}/events", {"type": "x"}), 404)
    with tenant_context(world.zenith):
        assert CustomerEvent.objects.count() == 1


@pytest.mark.conforms("R178")
def test_events_are_listed_in_a_constant_number_of_queries(api: APIClient, somchai: Profile) -> None:
    path = f"/profiles/{somchai.pk}/events?limit=100"

    def questions() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert api.get(path).status_code == 200
        return len(captured)

    CustomerEventFactory(profile=somchai)
    questions()  # the key's last use is written once a minute
    few = questions()
    for _ in range(20):
        CustomerEventFactory(profile=somchai)
    assert questions() == few
