"""The small world most tests live in."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.test import Client
from rest_framework.test import APIClient

from cdp.actors import Actor
from cdp.choices import Role
from cdp.models import ApiKey, Membership, Tenant, User
from cdp.permissions import ALL_CODES
from tests.factories.cdp import PASSWORD


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
    """Build the world; no tenant is active afterwards.

    Nearly every test pays for it, so rows of a kind are one statement.
    """
    acme, zenith = Tenant.objects.bulk_create(
        [
            Tenant(name="Acme", slug="acme", region="TH"),
            Tenant(
                name="Zenith", slug="zenith", region="ZA", time_zone="Africa/Johannesburg", currency="ZAR"
            ),
        ]
    )
    password = make_password(PASSWORD)
    alice, bob, charlie = User.objects.bulk_create(
        [
            User(email=f"{name.lower()}@example.com", name=name, password=password)
            for name in ("Alice", "Bob", "Charlie")
        ]
    )
    Membership.objects.bulk_create(
        [
            Membership(tenant=acme, user=alice, role=Role.OWNER),
            Membership(tenant=acme, user=bob, role=Role.AGENT),
            Membership(tenant=zenith, user=charlie, role=Role.OWNER),
        ]
    )
    keys = [
        ApiKey.issue(tenant=tenant, name="test key", scopes=ALL_CODES, by=user.actor)[1]
        for tenant, user in ((acme, alice), (zenith, charlie))
    ]
    return World(acme, zenith, alice, bob, charlie, *keys)
