"""The bases of our tasks: a tenant's runs inside its tenant, the platform's inside none."""

from __future__ import annotations

from typing import Any

import pytest
from celery.exceptions import Retry

from cdp.celery import PlatformTask, TenantTask, app
from cdp.request_context import request_context, request_id
from cdp.tenancy.context import active_tenant_id, tenant_context
from profiles.models import Profile
from tests.factories.profiles import ProfileFactory
from tests.world import World


@app.task(base=TenantTask, name="tests.names")
def names(tenant_id: str) -> tuple[list[str], str]:
    return list(Profile.objects.values_list("name", flat=True)), request_id()


@app.task(base=TenantTask, name="tests.fail")
def fail(tenant_id: str) -> None:
    raise ZeroDivisionError


@app.task(base=TenantTask, name="tests.again", bind=True)
def again(self: Any, tenant_id: str) -> None:
    raise self.retry(countdown=0, max_retries=1)


@app.task(base=PlatformTask, name="tests.everywhere")
def everywhere() -> object:
    return active_tenant_id()


@pytest.fixture(autouse=True)
def _customers(world: World) -> None:
    for tenant, name in ((world.acme, "ours"), (world.zenith, "theirs")):
        with tenant_context(tenant):
            ProfileFactory(name=name)


def test_a_tenants_task_sees_its_tenants_rows(world: World) -> None:
    assert names.apply(args=(str(world.acme.pk),)).get()[0] == ["ours"]
    assert names.apply(kwargs={"tenant_id": str(world.zenith.pk)}).get()[0] == ["theirs"]
    assert names(str(world.acme.pk))[0] == ["ours"]
    assert active_tenant_id() is None


def test_a_task_runs_inside_its_own_tenant_whoever_starts_it(world: World) -> None:
    with tenant_context(world.zenith), request_context("the-request"):
        found, task_id = names.apply(args=(str(world.acme.pk),), task_id="the-task").get()
        assert (found, task_id) == (["ours"], "the-task")
        assert (active_tenant_id(), request_id()) == (world.zenith.pk, "the-request")


@pytest.mark.parametrize("arguments", [[], [None], ["acme"], [7]])
def test_a_task_without_a_tenant_is_refused(arguments: list[Any]) -> None:
    with pytest.raises(TypeError, match="needs the id of a tenant"):
        names(*arguments)


def test_a_platforms_task_runs_inside_no_tenant(world: World) -> None:
    with tenant_context(world.acme):
        assert everywhere.apply().get() is None
        assert active_tenant_id() == world.acme.pk


def test_errors_and_retries_pass_through_and_give_the_tenant_back(world: World) -> None:
    with pytest.raises(ZeroDivisionError):
        fail(str(world.acme.pk))
    with pytest.raises(Retry):
        again.apply(args=(str(world.acme.pk),), throw=True).get()
    assert active_tenant_id() is None


def test_a_task_can_wait_for_the_commit() -> None:
    assert hasattr(names, "delay_on_commit")
