"""Customers to ask the API about."""

from __future__ import annotations

import pytest

from cdp.models import Tenant
from profiles.models import Profile
from tests.factories.profiles import ProfileFactory


@pytest.fixture
def somchai(acme: Tenant) -> Profile:
    """A customer of acme, with acme active for the test's own queries."""
    return ProfileFactory(
        first_name="Somchai", last_name="Jaidee", email="somchai@example.com", phone="+66812345678"
    )
