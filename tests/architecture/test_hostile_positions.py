"""Positions of pages that are encoded as ours are, and hold what no row can."""

from __future__ import annotations

import base64
import uuid
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.test import Client

from profiles.keyset import Order, Position
from tests.factories.profiles import ProfileFactory
from tests.world import World

# A walk asks everything and looks at little: what it passes is not thereby tested, and tracing it is slow.
pytestmark = pytest.mark.no_cover
MOMENTS = (
    "2020-01-01T00:00:00+23:00",
    "2020-01-01T00:00:00-23:59",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2020-01-01T00:00:00",
    "2020-01-01",
    "never",
)
NUMBERS = ("abc", "NaN", "sNaN", "Infinity", "-Infinity", "1E+999999", "1E-999999", "9" * 900, "9" * 12)
PLACES = (
    *(("/admin/customers/cdm?sort=created&after=", value) for value in MOMENTS),
    *(("/admin/customers/cdm?sort=-activity&before=", value) for value in MOMENTS),
    *(("/admin/customers/cdm?sort=-ordered&after=", value) for value in MOMENTS),
    *(("/admin/customers/cdm?sort=-value&after=", value) for value in NUMBERS),
    *(("/admin/customers/cdm?sort=-orders&after=", value) for value in NUMBERS),
    *(("/admin/crm/drop-offs?after=", value) for value in NUMBERS),
    *(("/admin/review/queue?after=", value) for value in NUMBERS),
    *(("/admin/customers/{id}/panels/history?before=", value) for value in MOMENTS),
    *(("/admin/customers/{id}/panels/timeline?before=", value) for value in MOMENTS),
    *(("/admin/customers/{id}/panels/conversations?before=", value) for value in MOMENTS),
)


def encoded(value: str) -> str:
    plain = f"{uuid.uuid4()}~={value}"
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


@pytest.mark.usefixtures("acme")
def test_no_position_makes_a_page_fail(world: World) -> None:
    person = ProfileFactory()
    client: Client = world.browser(world.alice)
    answers = {
        (address, value): client.get(address.format(id=person.pk) + encoded(value)).status_code
        for address, value in PLACES
    }
    assert {place: status for place, status in answers.items() if status != 200} == {}


def test_a_position_of_another_zone_is_the_same_moment() -> None:
    order = Order("created_at")
    there = datetime(2026, 1, 1, 23, tzinfo=timezone(timedelta(hours=23)))
    read = order.read(Position(there, uuid.uuid4()).encode())
    assert read is not None
    assert read.value == datetime(2026, 1, 1, tzinfo=UTC)
    assert read.value.utcoffset() == timedelta(0)
