"""A customer of acme, and a browser to look at him with."""

from __future__ import annotations

import pytest
from django.test import Client

from cdp.tenancy.context import tenant_context
from profiles.models import Profile
from profiles.operations.create_profile import create_profile
from tests.profiles.admin.records import record
from tests.world import World


@pytest.fixture
def somchai(world: World) -> Profile:
    """A customer of acme."""
    with tenant_context(world.acme):
        said = {
            "firstName": "Somchai",
            "lastName": "Jaidee",
            "email": "somchai@shop.example",
            "phone": "0812345678",
        }
        return create_profile(tenant=world.acme, by=world.by, record=record(world.acme, said))


@pytest.fixture
def browser(world: World) -> Client:
    return world.browser(world.alice)
