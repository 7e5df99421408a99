"""Tenants to measure on; made once and kept."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone
from rest_framework.test import APIClient

from cdp.actors import Actor
from cdp.choices import Role
from cdp.models import ApiKey, Membership, Tenant, User
from cdp.permissions import ALL_CODES
from cdp.tenancy.context import tenant_context
from profiles.models import CustomerEvent, Profile
from profiles.statistics import statistics

BY = Actor.system("benchmark")
override_settings(ROOT_URLCONF="benchmarks.urls").enable()


def filled(size: int) -> Tenant:
    """Return a tenant with at least ``size`` customers."""
    tenant, _ = Tenant.objects.get_or_create(slug=f"bench-{size}", defaults={"name": f"Bench {size}"})
    with tenant_context(tenant):
        missing = size - statistics().total
    if missing > 0:
        call_command("make_customers", str(missing), tenant=tenant.slug)
    return tenant


def api_client(tenant: Tenant) -> APIClient:
    """Return a client with a key of the tenant."""
    secret = f"cdp_benchmark_{tenant.slug}"
    if not ApiKey.objects.matching(secret).exists():
        ApiKey.issue(tenant=tenant, name="benchmark", scopes=ALL_CODES, by=BY, key=secret)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def browser(tenant: Tenant) -> Client:
    """Return a logged-in client of an owner of the tenant."""
    user, _ = User.objects.get_or_create(email=f"owner@{tenant.slug}.example.com")
    Membership.objects.get_or_create(tenant=tenant, user=user, defaults={"role": Role.OWNER})
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def get(client: Any, path: str, **query: object) -> Any:
    """GET and insist on success: a fast error is no figure."""
    response = client.get(path, query)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answered {response.status_code}")
    return response


def some_emails(tenant: Tenant, count: int) -> list[str]:
    """Return e-mails of customers spread over the table."""
    with tenant_context(tenant):
        start = Profile.objects.exclude(email="").order_by("email").values_list("email", flat=True)
        found = list(start[: count * 3 : 3])
    return (found * (count // max(len(found), 1) + 1))[:count]


def search_words(tenant: Tenant) -> list[str]:
    """Return words that find a handful of customers."""
    with tenant_context(tenant):
        rows = Profile.objects.exclude(email="").order_by("created_at")[:50:10]
        return [row.email.split("@")[0] for row in rows]


def customer_with_events(tenant: Tenant, count: int) -> uuid.UUID:
    """Return a customer with exactly ``count`` events."""
    reference = f"benchmark-{count}"
    with tenant_context(tenant):
        profile, is_new = Profile.objects.get_or_create(
            messaging_contact_id=reference, defaults={"name": f"Customer with {count} events"}
        )
        if is_new:
            now = timezone.now()
            CustomerEvent.objects.bulk_create(
                [
                    CustomerEvent(
                        profile=profile,
                        type=("page_view", "purchase", "message")[n % 3],
                        timestamp=now - timedelta(hours=n),
                        payload={"page": f"/product/{n}"},
                    )
                    for n in range(count)
                ],
                batch_size=2000,
            )
        return profile.pk
