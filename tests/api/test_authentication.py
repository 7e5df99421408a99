"""Getting into the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from cdp.choices import Role
from cdp.models import ApiKey, Tenant
from cdp.tenancy.context import active_tenant_id, tenant_context
from profiles.models import Profile
from tests.factories.cdp import MembershipFactory
from tests.factories.profiles import ProfileFactory
from tests.profiles.api.expect import problem
from tests.world import World


@pytest.fixture
def both(world: World) -> dict[str, Profile]:
    """A customer in each tenant; alice is also an analyst of zenith."""
    MembershipFactory(tenant=world.zenith, user=world.alice, role=Role.ANALYST)
    made = {}
    for tenant in (world.acme, world.zenith):
        with tenant_context(tenant):
            made[tenant.slug] = ProfileFactory()
    return made


def listed(response: Any) -> list[str]:
    assert response.status_code == 200, response.content
    return [row["id"] for row in response.json()["data"]]


@pytest.mark.conforms("R153", "R158")
def test_a_person_with_two_tenants_chooses_by_header(world: World, both: dict[str, Profile]) -> None:
    browser = world.browser(world.alice)
    for name in (world.zenith.slug, str(world.zenith.pk)):
        assert listed(browser.get("/profiles", headers={"x-tenant-id": name})) == [str(both["zenith"].pk)]
    assert listed(browser.get("/profiles", headers={"x-tenant-id": "acme"})) == [str(both["acme"].pk)]
    assert listed(browser.get("/profiles")) == [str(both["acme"].pk)]


@pytest.mark.conforms("R154", "R158")
def test_the_role_that_counts_is_the_one_in_the_tenant_chosen(world: World, both: dict[str, Profile]) -> None:
    browser = world.browser(world.alice)

    def create(tenant: str) -> Any:
        body = {"firstName": "Mali"}
        return browser.post("/profiles", body, "application/json", headers={"x-tenant-id": tenant})

    assert create("acme").status_code == 201
    problem(create("zenith"), 403)
    with tenant_context(world.zenith):
        assert Profile.objects.count() == 1


@pytest.mark.parametrize("header", ["Authorization", "X-API-Key"])
def test_a_key_may_come_in_either_header(world: World, acme: Tenant, header: str) -> None:
    value = f"Bearer {world.key}" if header == "Authorization" else world.key
    assert APIClient().get("/profiles", headers={header: value}).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        {"revoked_at": timezone.now() - timedelta(seconds=1)},
        {"expires_at": timezone.now() - timedelta(seconds=1)},
    ],
)
def test_a_key_that_has_ended_is_no_way_in(world: World, acme: Tenant, change: dict[str, Any]) -> None:
    assert world.api().get("/profiles").status_code == 200
    ApiKey.objects.filter(tenant=acme).update(**change)
    problem(world.api().get("/profiles"), 401)


def test_a_key_of_a_closed_tenant_is_no_way_in(world: World, acme: Tenant) -> None:
    Tenant.objects.filter(pk=acme.pk).update(is_active=False)
    problem(world.api().get("/profiles"), 401)


def test_what_changes_of_a_key_or_its_company_counts_from_the_next_call_on(
    world: World, acme: Tenant
) -> None:
    api = world.api()
    assert api.post("/profiles", {"firstName": "A", "phone": "0812345678"}).status_code == 201
    Tenant.objects.filter(pk=acme.pk).update(region="ZA")
    assert (
        api.post("/profiles", {"firstName": "B", "phone": "082 123 4567"}).json()["phone"] == "+27821234567"
    )
    ApiKey.objects.filter(tenant=acme).update(scopes=["profile:read"])
    problem(api.post("/profiles", {"firstName": "C"}), 403)
    Tenant.objects.filter(pk=acme.pk).update(is_active=False)
    problem(api.get("/profiles"), 401)


def test_a_known_key_costs_one_small_question(world: World, acme: Tenant) -> None:
    world.api().get("/profiles")
    with CaptureQueriesContext(connection) as captured:
        world.api().get("/profiles/statistics")
    about_keys = [query["sql"] for query in captured if "api_keys" in query["sql"]]
    assert len(about_keys) == 1
    assert "xmin" in about_keys[0]


def test_somebody_without_a_company_is_refused(world: World) -> None:
    world.charlie.memberships.update(is_active=False)
    problem(world.browser(world.charlie).get("/profiles"), 403)


def test_the_tenant_of_a_call_ends_with_it(world: World) -> None:
    assert world.api().get("/profiles").status_code == 200
    assert active_tenant_id() is None


def test_the_last_use_of_a_key_is_written_once_a_minute(world: World, acme: Tenant) -> None:
    world.api().get("/profiles")
    first = ApiKey.objects.get(tenant=acme).last_used_at
    world.api().get("/profiles")
    assert first is not None
    assert ApiKey.objects.get(tenant=acme).last_used_at == first
