"""Changing the company one works in, and belonging to none."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from cdp.choices import Role
from cdp.models import Membership
from cdp.tenancy.context import tenant_context
from tests.factories.cdp import UserFactory
from tests.factories.profiles import TagFactory
from tests.world import World

SWITCH = "/switch-tenant"
HTML = {"Accept": "text/html"}


@pytest.fixture
def two_companies(world: World) -> Client:
    """Alice, who is an agent of zenith too."""
    Membership.objects.create(tenant=world.zenith, user=world.alice, role=Role.AGENT)
    return world.browser(world.alice)


def active(browser: Client) -> str:
    membership = browser.get("/admin/").wsgi_request.membership  # type: ignore[attr-defined]
    return str(membership.tenant.slug)


def test_the_switch_changes_company_role_and_rows(world: World, two_companies: Client) -> None:
    with tenant_context(world.zenith):
        TagFactory(name="Tag of zenith")
    assert active(two_companies) == "acme"
    answer = two_companies.post(SWITCH, {"tenant": str(world.zenith.pk), "next": "/admin/profiles/tag/"})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/profiles/tag/")
    page = two_companies.get("/admin/profiles/tag/").content.decode()
    assert "Tag of zenith" in page
    assert two_companies.get("/admin/cdp/membership/").status_code == 403


@pytest.mark.parametrize("tenant", ["", "nope", str(uuid.UUID(int=5)), "\x00", "zenith"])
def test_a_company_that_is_none_of_ones_own_is_not_found(
    world: World, two_companies: Client, tenant: str
) -> None:
    assert two_companies.post(SWITCH, {"tenant": tenant}).status_code == 404
    assert active(two_companies) == "acme"


def test_a_strangers_company_is_not_found_and_nothing_changes(world: World) -> None:
    browser = world.browser(world.bob)
    assert browser.post(SWITCH, {"tenant": str(world.zenith.pk)}).status_code == 404
    assert active(browser) == "acme"


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "", "admin"],
)
def test_the_switch_never_leads_off_the_site(world: World, two_companies: Client, wanted: str) -> None:
    answer = two_companies.post(SWITCH, {"tenant": str(world.zenith.pk), "next": wanted})
    assert answer["Location"] == "/"


def test_a_page_of_one_row_is_left_behind(world: World, two_companies: Client) -> None:
    address = f"/admin/customers/{uuid.UUID(int=7)}"
    answer = two_companies.post(SWITCH, {"tenant": str(world.zenith.pk), "next": address})
    assert answer["Location"] == "/"


def test_the_switch_takes_posts_with_a_token_of_people_who_are_logged_in(world: World) -> None:
    assert world.browser(world.alice).get(SWITCH).status_code == 405
    data = {"tenant": str(world.acme.pk)}
    assert Client().post(SWITCH, data)["Location"].startswith("/admin/login/")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.alice, backend="django.contrib.auth.backends.ModelBackend")
    assert strict.post(SWITCH, data).status_code == 403


@pytest.mark.parametrize("path", ["/admin/", "/admin/profiles/tag/", "/admin/customers/cdm"])
def test_every_page_shows_the_company_and_the_way_to_others(two_companies: Client, path: str) -> None:
    page = two_companies.get(path).content.decode()
    assert 'action="/switch-tenant"' in page
    assert "Acme" in page
    assert "Zenith" in page


def test_who_has_one_company_sees_its_name_and_no_switch(world: World) -> None:
    page = world.browser(world.bob).get("/admin/profiles/tag/").content.decode()
    assert "Acme" in page
    assert "/switch-tenant" not in page


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/profiles/profile/", "/admin/customers/cdm", "/admin/search/?s=a"]
)
def test_who_belongs_nowhere_is_told_so(world: World, path: str) -> None:
    answer = world.browser(UserFactory()).get(path, headers=HTML)
    assert answer.status_code == 403
    assert "not a member of any company" in answer.content.decode()


def test_who_belongs_nowhere_can_log_out(world: World) -> None:
    browser = world.browser(UserFactory())
    assert browser.post("/admin/logout/").status_code == 200
    assert browser.get("/admin/").status_code == 302


def test_a_superuser_without_a_company_sees_the_platform_alone(world: World) -> None:
    browser = world.browser(UserFactory(is_superuser=True))
    assert browser.get("/admin/").status_code == 200
    for path in ("cdp/tenant", "cdp/user", "django_celery_beat/periodictask", "axes/accessattempt"):
        assert browser.get(f"/admin/{path}/").status_code == 200, path
    for path in ("profiles/profile", "profiles/tag", "cdp/membership", "cdp/apikey", "cdp/auditentry"):
        answer = browser.get(f"/admin/{path}/", headers=HTML)
        assert answer.status_code == 403, path
        change = browser.get(f"/admin/{path}/{uuid.UUID(int=9)}/change/", headers=HTML)
        assert change.status_code == 403, path
    listed = browser.get("/admin/cdp/tenant/").content.decode()
    assert "Zenith" in listed


def test_the_day_begins_with_the_customers(world: World) -> None:
    assert world.browser(world.bob).get("/")["Location"] == "/admin/crm/agent-dashboard"
    assert world.browser(world.alice).get("/")["Location"] == "/admin/customers/cdm"
    assert world.browser(UserFactory(is_superuser=True)).get("/")["Location"] == "/admin/"
    assert Client().get("/")["Location"].startswith("/admin/login/")
