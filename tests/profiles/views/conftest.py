"""People and customers of the page tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cdp.choices import Role
from cdp.models import Tenant, User
from profiles.models import Profile
from profiles.operations.create_profile import create_profile
from profiles.records import ProfileRecord
from tests.factories.cdp import MembershipFactory, UserFactory
from tests.world import World

LIST = "/admin/customers/cdm"
Make = Callable[..., Profile]


@pytest.fixture
def alice(world: World) -> Client:
    """The owner's browser."""
    return world.browser(world.alice)


@pytest.fixture
def bob(world: World) -> Client:
    """The agent's browser."""
    return world.browser(world.bob)


@pytest.fixture
def analyst(world: World) -> Client:
    """The browser of somebody who may only look."""
    person: User = UserFactory(email="ann@example.com", name="Ann")
    MembershipFactory(tenant=world.acme, user=person, role=Role.ANALYST)
    return world.browser(person)


@pytest.fixture
def make(world: World, acme: Tenant) -> Make:
    """Make a customer of acme through the verb: ``make(name="Somchai", email="s@example.com")``."""

    def make_customer(**said: Any) -> Profile:
        record = ProfileRecord.parse(said, tenant=acme)
        return create_profile(tenant=acme, by=world.by, record=record, allow_duplicate=True)

    return make_customer


def part(client: Client, address: str, **options: Any) -> Any:
    """Fetch an address as HTMX does."""
    return client.get(address, headers={"HX-Request": "true"}, **options)


def messages_of(client: Client, address: str = LIST) -> str:
    """Return a page's HTML, with the messages that wait for it."""
    return client.get(address).content.decode()


def undo_token(html: str) -> str:
    """Return the token of the undo button in the HTML."""
    return html.split('name="token" value="', 1)[1].split('"', 1)[0]
