"""What each role may open in the admin is what the code table says."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import models
from django.urls import reverse

from campaigns.models import AssetTemplate, CampaignProfileUsage
from cdp.admin.base import TenantModelAdmin
from cdp.choices import Role
from cdp.models import ApiKey, AuditEntry, Membership, Tenant
from cdp.permissions import codes_of
from cdp.tenancy.context import tenant_context
from profiles.models import Profile, Segment, Tag
from tests.cdp.admin.rows import OURS, address, rows_of
from tests.world import World

# A template is removed by whoever made it, and a use that has ended does not end again.
OF_THE_ROW = {AssetTemplate, CampaignProfileUsage}


@pytest.mark.no_cover
@pytest.mark.parametrize("role", [Role.MANAGER, Role.AGENT, Role.ANALYST, Role.INTEGRATION])
def test_pages_follow_the_code_table(world: World, role: Role) -> None:
    rows = rows_of(world, world.acme)
    Membership.objects.filter(user=world.bob).update(role=role)
    browser, codes = world.browser(world.bob), codes_of(role)
    for model in OURS:
        model_admin = admin.site._registry[model]
        if not isinstance(model_admin, TenantModelAdmin):
            continue
        needed, pk = model_admin.codes, rows[model].pk
        expected = {
            ("changelist", ()): needed.view in codes,
            ("change", (pk,)): needed.view in codes,
            ("add", ()): needed.add in codes,
            ("delete", (pk,)): needed.delete in codes and model not in OF_THE_ROW,
            ("history", (pk,)): needed.view in codes and "audit:read" in codes,
        }
        seen = {page: browser.get(address(model, page[0], *page[1])).status_code == 200 for page in expected}
        assert seen == expected, (role, model)


@pytest.mark.parametrize("model", [Tenant, Membership, ApiKey, AuditEntry], ids=lambda model: model.__name__)
def test_an_agent_has_nothing_to_do_with_the_company_itself(world: World, model: type[models.Model]) -> None:
    browser = world.browser(world.bob)
    assert browser.get(address(model, "changelist")).status_code == 403
    assert browser.get(address(model, "add")).status_code == 403


def test_an_analyst_reads_and_changes_nothing(world: World) -> None:
    rows = rows_of(world, world.acme)
    Membership.objects.filter(user=world.bob).update(role=Role.ANALYST)
    browser = world.browser(world.bob)
    for model in (Profile, Tag, Segment):
        assert browser.get(address(model, "change", rows[model].pk)).status_code == 200
        assert browser.post(address(model, "change", rows[model].pk), {"name": "New"}).status_code == 403
        assert browser.post(address(model, "add"), {"name": "New"}).status_code == 403
        assert browser.post(address(model, "delete", rows[model].pk), {"post": "yes"}).status_code == 403
    chosen = {"action": "tag", "_selected_action": [str(rows[Profile].pk)], "names": "New"}
    browser.post(address(Profile, "changelist"), chosen)
    with tenant_context(world.acme):
        assert Profile.objects.get(pk=rows[Profile].pk).version == 1
        assert not Tag.objects.filter(name="New").exists()


def test_django_model_permissions_open_nothing(world: World) -> None:
    world.bob.user_permissions.set(Permission.objects.all())
    browser = world.browser(world.bob)
    assert browser.get(address(Membership, "changelist")).status_code == 403
    assert browser.get(reverse("admin:cdp_user_changelist")).status_code == 403


def test_a_person_who_was_shut_out_sees_nothing_from_the_next_click_on(world: World) -> None:
    browser = world.browser(world.bob)
    assert browser.get(address(Profile, "changelist")).status_code == 200
    Membership.objects.filter(user=world.bob).update(is_active=False)
    assert browser.get(address(Profile, "changelist")).status_code == 403
