"""People and customers of the page tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from cdp.choices import Role
from cdp.models import Membership, Tenant
from profiles.models import Profile
from tests.cdm.pages.story import tell
from tests.factories.cdp import MembershipFactory, UserFactory
from tests.world import World

Tell = Callable[..., Profile]


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
    person = UserFactory(email="ann@example.com", name="Ann")
    MembershipFactory(tenant=world.acme, user=person, role=Role.ANALYST)
    return world.browser(person)


@pytest.fixture
def member(world: World) -> Membership:
    """Bob in acme."""
    return Membership.objects.get(tenant=world.acme, user=world.bob)


@pytest.fixture
def story(acme: Tenant, member: Membership) -> Tell:
    """Make a customer of acme with a past; ``story(name="Ayesha")``."""

    def make(**said: object) -> Profile:
        return tell(acme, member, **said)  # type: ignore[arg-type]

    return make
