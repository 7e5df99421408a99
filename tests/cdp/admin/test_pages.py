"""Every page of every model admin opens for the owner, and follows the role for everybody else."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.db import models

from cdp.admin.base import CrmModelAdmin
from cdp.tenancy.context import tenant_context
from tests.cdp.admin.rows import OURS, PLATFORM_ONLY, address, rows_of
from tests.world import World

PLATFORM = sorted(PLATFORM_ONLY, key=lambda model: model._meta.label)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_page_opens_for_the_owner(world: World, model: type[models.Model]) -> None:
    browser = world.browser(world.alice)
    row = rows_of(world, world.acme)[model]
    model_admin = admin.site._registry[model]
    for page, arguments in (("changelist", ()), ("change", (row.pk,)), ("history", (row.pk,))):
        answer = browser.get(address(model, page, *arguments))
        assert answer.status_code == 200, page
    request = answer.wsgi_request
    with tenant_context(world.acme):
        may_add = model_admin.has_add_permission(request)
        may_delete = model_admin.has_delete_permission(request, row)
    for page, arguments, is_allowed in (("add", (), may_add), ("delete", (row.pk,), may_delete)):
        assert browser.get(address(model, page, *arguments)).status_code == (200 if is_allowed else 403), page


def test_every_model_admin_derives_from_ours() -> None:
    strangers = [
        m for m, model_admin in admin.site._registry.items() if not isinstance(model_admin, CrmModelAdmin)
    ]
    assert strangers == []


@pytest.mark.parametrize("model", PLATFORM, ids=lambda m: m._meta.label)
def test_platform_tables_are_closed_to_owners_and_open_to_superusers(
    world: World, model: type[models.Model]
) -> None:
    assert world.browser(world.alice).get(address(model, "changelist")).status_code == 403
    assert world.browser(world.alice).get(address(model, "add")).status_code == 403
    world.alice.is_superuser = True
    world.alice.save()
    assert world.browser(world.alice).get(address(model, "changelist")).status_code == 200
