"""People in front of the pages about duplicates."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from cdp.models import Tenant
from profiles.models import Profile
from profiles.operations.create_profile import create_profile
from profiles.records import ProfileRecord
from tests.world import World

Make = Callable[..., Profile]


@pytest.fixture
def alice(world: World, acme: Tenant) -> Client:
    """Alice's browser: she owns acme, which is active in the test itself."""
    return world.browser(world.alice)


@pytest.fixture
def bob(world: World, acme: Tenant) -> Client:
    """Bob's browser: he is an agent, who may not merge."""
    return world.browser(world.bob)


@pytest.fixture
def make(world: World, acme: Tenant) -> Make:
    """Make a customer of acme: ``make(name="Somchai", email="s@example.com")``."""

    def make_customer(**said: object) -> Profile:
        record = ProfileRecord.parse(said, tenant=acme)
        return create_profile(tenant=acme, by=world.by, record=record, allow_duplicate=True)

    return make_customer


@pytest.fixture
def twins(make: Make) -> tuple[Profile, Profile]:
    """One customer, written twice; the first is the more complete."""
    one = make(
        firstName="Somchai",
        lastName="Jaidee",
        email="somchai@example.com",
        phone="081 234 5678",
        dateOfBirth="1985-03-14",
        primarySource="ERP",
    )
    two = make(firstName="Somchay", lastName="Jaidee", email="sj@example.org", primarySource="LINE")
    return one, two
