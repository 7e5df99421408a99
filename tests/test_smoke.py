"""The world stands."""

from __future__ import annotations

from cdp.tenancy.context import tenant_context
from profiles.models import Profile
from tests.factories.profiles import ProfileFactory
from tests.world import World


def test_a_tenant_sees_its_own_customers_only(world: World) -> None:
    with tenant_context(world.acme):
        ProfileFactory()
        assert Profile.objects.count() == 1
    with tenant_context(world.zenith):
        assert Profile.objects.count() == 0
