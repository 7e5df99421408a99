"""The small world most tests live in."""

from __future__ import annotations

from dataclasses import dataclass

from django.test import Client
from rest_framework.test import APIClient

from cdp.actors import Actor
from cdp.choices import Role
from cdp.models import ApiKey, Tenant, User
from cdp.permissions import ALL_CODES
from tests.factories.cdp import MembershipFactory, TenantFactory, UserFactory


@dataclass(frozen=True)
class World:
    """Alice owns acme (Thailand), Bob is an agent there; Charlie owns zenith (South Africa), a stranger."""

    acme: Tenant
    zenith: Tenant
    alice: User
    bob: User
    charlie: User
    key: str
    stranger_key: str

    @property
    def by(self) -> Actor:
        """Alice, as the ``by`` of a verb."""
        return self.alice.actor

    def api(self, key: str | None = None) -> APIClient:
        """Return an API client with acme's key (every scope), or the given one."""
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {key or self.key}")
        return client

    def scoped_key(self, *scopes: str) -> str:
        """Issue a key of acme with just these scopes."""
        return ApiKey.issue(tenant=self.acme, name="scoped", scopes=scopes, by=self.by)[1]

    def browser(self, user: User) -> Client:
        """Return a logged-in test client."""
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client


def make_world() -> World:
    """Build the world; no tenant is active afterwards."""
    acme = TenantFactory(name="Acme", slug="acme", region="TH")
    zenith = TenantFactory(
        name="Zenith", slug="zenith", region="ZA", time_zone="Africa/Johannesburg", currency="ZAR"
    )
    alice = UserFactory(email="alice@example.com", name="Alice")
    bob = UserFactory(email="bob@example.com", name="Bob")
    charlie = UserFactory(email="charlie@example.com", name="Charlie")
    MembershipFactory(tenant=acme, user=alice, role=Role.OWNER)
    MembershipFactory(tenant=acme, user=bob, role=Role.AGENT)
    MembershipFactory(tenant=zenith, user=charlie, role=Role.OWNER)
    keys = [
        ApiKey.issue(tenant=tenant, name="test key", scopes=ALL_CODES, by=user.actor)[1]
        for tenant, user in ((acme, alice), (zenith, charlie))
    ]
    return World(acme, zenith, alice, bob, charlie, *keys)
