"""Without an active tenant everything raises, loudly, and finding nothing on purpose does not."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DataError, connection, transaction

from cdp.tenancy.context import (
    NoActiveTenant,
    activate,
    active_tenant_id,
    each_within,
    require_tenant_id,
    tenant_context,
)
from profiles.models import CustomerEvent, Profile, Tag
from tests.factories.profiles import CustomerEventFactory, ProfileFactory
from tests.world import World

TOUCHES: dict[str, Callable[[], Any]] = {
    "list": lambda: list(Profile.objects.all()),
    "get": lambda: Profile.objects.get(name="x"),
    "exists": Profile.objects.exists,
    "count": Profile.objects.count,
    "first": Profile.objects.first,
    "iterator": lambda: list(Profile.objects.iterator()),
    "update": lambda: Profile.objects.update(name="x"),
    "delete": lambda: Profile.objects.all().delete(),
    "create": lambda: Tag.objects.create(name="x"),
    "bulk_create": lambda: Tag.objects.bulk_create([Tag(name="x")]),
    "get_or_create": lambda: Tag.objects.get_or_create(name="x"),
    "instance": lambda: Tag(name="x"),
    "in a filter of another": lambda: list(Tag.objects.filter(pk__in=Profile.objects.values("pk"))),
    "repr": lambda: repr(Profile.objects.all()),
}
HARMLESS: dict[str, Callable[[], Any]] = {
    "list": lambda: list(Profile.objects.none()),
    "after a filter": lambda: list(Profile.objects.filter(name="x").none()),
    "before a filter": lambda: list(Profile.objects.none().filter(name="x").order_by("name")),
    "count": lambda: Profile.objects.none().count() or [],
    "exists": lambda: Profile.objects.none().exists() or [],
    "values": lambda: list(Profile.objects.none().values("name")),
    "update": lambda: Profile.objects.none().update(name="x") or [],
    "of a subclass": lambda: list(Profile.objects.visible().none()),
    "sliced": lambda: list(Profile.objects.none()[:5]),
}


@pytest.mark.django_db
@pytest.mark.parametrize("touch", TOUCHES.values(), ids=TOUCHES.keys())
def test_touching_tenant_data_raises(touch: Callable[[], Any]) -> None:
    with pytest.raises(NoActiveTenant, match="tenant_context"):
        touch()


@pytest.mark.django_db
@pytest.mark.parametrize("find", HARMLESS.values(), ids=HARMLESS.keys())
def test_finding_nothing_on_purpose_needs_no_tenant(find: Callable[[], Any]) -> None:
    assert find() == []


def test_nothing_stays_nothing_inside_a_tenant(world: World) -> None:
    with tenant_context(world.acme):
        ProfileFactory()
        assert list(Profile.objects.none()) == []
        assert Profile.objects.none().update(name="x") == 0
        assert (Profile.objects.none() | Profile.objects.all()).count() == 1


def test_following_a_foreign_key_without_a_tenant_raises(world: World) -> None:
    with tenant_context(world.acme):
        event = CustomerEvent.objects.get(pk=CustomerEventFactory().pk)
    with pytest.raises(NoActiveTenant):
        _ = event.profile


def test_following_a_foreign_key_in_another_tenant_finds_nothing(world: World) -> None:
    with tenant_context(world.acme):
        event = CustomerEvent.objects.get(pk=CustomerEventFactory().pk)
    with tenant_context(world.zenith), pytest.raises(Profile.DoesNotExist):
        _ = event.profile


def test_refreshing_and_deleting_without_a_tenant_raise(world: World) -> None:
    with tenant_context(world.acme):
        profile = ProfileFactory()
    with pytest.raises(NoActiveTenant):
        profile.refresh_from_db()
    with pytest.raises(NoActiveTenant):
        profile.delete()
    with tenant_context(world.acme):
        assert Profile.objects.count() == 1


@pytest.mark.django_db
def test_raw_sql_without_a_tenant_is_an_error_not_an_empty_answer() -> None:
    with pytest.raises(DataError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM profiles")


def test_a_new_thread_starts_without_a_tenant(world: World) -> None:
    seen: list[Any] = []
    with tenant_context(world.acme):
        thread = threading.Thread(target=lambda: seen.append(active_tenant_id()))
        thread.start()
        thread.join()
        assert active_tenant_id() == world.acme.pk
    assert seen == [None]


def test_a_tenant_can_be_named_by_its_id_or_its_text(world: World) -> None:
    for name in (world.acme, world.acme.pk, str(world.acme.pk)):
        with tenant_context(name):
            assert require_tenant_id() == world.acme.pk
    with pytest.raises(ValueError, match="badly formed"), tenant_context("not an id"):
        pass
    assert active_tenant_id() is None


def test_activating_outside_a_context_is_refused(world: World) -> None:
    with pytest.raises(RuntimeError, match="tenant_context"):
        activate(world.acme.pk)
    with tenant_context(None):
        activate(world.acme.pk)
        assert active_tenant_id() == world.acme.pk
    assert active_tenant_id() is None


def test_streamed_steps_run_inside_the_tenant_and_their_reader_does_not(world: World) -> None:
    inside = (active_tenant_id() for _ in range(3))
    for step in each_within(world.acme, inside):
        assert step == world.acme.pk
        assert active_tenant_id() is None
