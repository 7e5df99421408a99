"""Runs by the clock: one at a time, at 02:00 of each tenant, cancelled, resumed."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from pydantic import ValidationError

from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from tests.cdp.queue import own_queue, work_off
from tests.unify.finding.people import BY, spouses, strangers
from tests.world import World
from unify.choices import RunKind, RunState
from unify.finding.errors import RunAtWork, RunIsOver, RunNotFound
from unify.finding.policy import HEARTBEAT_TIMEOUT, MOST_ATTEMPTS
from unify.finding.running import run_match
from unify.finding.schedule import is_due, resume_stalled, start_nightly
from unify.models import MatchModelVersion, MatchRun, ReviewCase
from unify.operations.cancel_run import cancel_run
from unify.operations.start_run import start_run
from unify.registries import family_links
from unify.tasks import find_changed


def test_one_run_at_a_time(acme: Tenant) -> None:
    first = start_run(tenant=acme, by=BY, kind=RunKind.DEEP)
    with pytest.raises(RunAtWork):
        start_run(tenant=acme, by=BY, kind=RunKind.INCREMENTAL)
    assert run_match(tenant=acme, run_id=first.pk).state == RunState.DONE
    start_run(tenant=acme, by=BY, kind=RunKind.INCREMENTAL)


def test_each_tenant_has_its_own_run(world: World) -> None:
    for tenant in (world.acme, world.zenith):
        with tenant_context(tenant):
            start_run(tenant=tenant, by=BY, kind=RunKind.DEEP)


@pytest.mark.conforms("R42")
def test_the_deep_run_begins_at_two_in_the_tenants_own_night(world: World) -> None:
    # 02:00 in Bangkok is 19:00 UTC the day before; 02:00 in Johannesburg is 00:00 UTC.
    evening = datetime(2026, 5, 4, 18, 59, tzinfo=UTC)
    for minutes, due in ((0, []), (1, ["acme"]), (300, ["acme"]), (302, ["acme", "zenith"])):
        now = evening + timedelta(minutes=minutes)
        with time_machine.travel(now, tick=False):
            assert [t.slug for t in (world.acme, world.zenith) if due_now(t, now)] == due, minutes


def due_now(tenant: Tenant, now: datetime) -> bool:
    with tenant_context(tenant):
        MatchRun.objects.get_or_create(kind=RunKind.DEEP, state=RunState.DONE)
        MatchRun.objects.update(created_at=datetime(2026, 5, 4, 0, 30, tzinfo=UTC))
        return is_due(tenant, now)


def test_the_night_has_one_deep_run(world: World) -> None:
    night = datetime(2026, 5, 4, 20, 0, tzinfo=UTC)
    with time_machine.travel(night, tick=False):
        assert start_nightly() == 2
    with time_machine.travel(night + timedelta(minutes=15), tick=False):
        assert start_nightly() == 0


@pytest.mark.conforms("R174")
def test_every_six_hours_each_tenant_is_searched(world: World) -> None:
    with own_queue():
        find_changed()
        assert work_off() == 2
    for tenant in (world.acme, world.zenith):
        with tenant_context(tenant):
            assert MatchRun.objects.get().kind == RunKind.INCREMENTAL


def test_a_cancelled_run_is_not_carried_out(acme: Tenant) -> None:
    strangers()
    spouses()
    ordered = start_run(tenant=acme, by=BY, kind=RunKind.DEEP)
    cancel_run(tenant=acme, by=BY, run_id=ordered.pk)
    assert run_match(tenant=acme, run_id=ordered.pk).state == RunState.CANCELLED
    assert not ReviewCase.objects.exists()
    with pytest.raises(RunIsOver):
        cancel_run(tenant=acme, by=BY, run_id=ordered.pk)
    with pytest.raises(RunNotFound):
        cancel_run(tenant=acme, by=BY, run_id=acme.pk)


def test_a_run_stops_where_it_is_cancelled(acme: Tenant) -> None:
    strangers()
    spouses()
    ordered = start_run(tenant=acme, by=BY, kind=RunKind.DEEP)

    def cancels(_ids: object) -> list[tuple[uuid.UUID, uuid.UUID]]:
        cancel_run(tenant=acme, by=BY, run_id=ordered.pk)
        return []

    family_links.register("cancels", cancels)
    try:
        assert run_match(tenant=acme, run_id=ordered.pk).state == RunState.CANCELLED
    finally:
        family_links.unregister("cancels")
    assert not ReviewCase.objects.exists()


def test_a_silent_run_is_queued_again(acme: Tenant) -> None:
    ordered = start_run(tenant=acme, by=BY, kind=RunKind.DEEP)
    assert resume_stalled() == 0
    MatchRun.objects.update(heartbeat_at=timezone.now() - 2 * HEARTBEAT_TIMEOUT)
    assert resume_stalled() == 1
    assert resume_stalled() == 0
    assert MatchRun.objects.get().pk == ordered.pk


def test_a_run_that_keeps_dying_is_given_up(acme: Tenant) -> None:
    ordered = start_run(tenant=acme, by=BY, kind=RunKind.DEEP)
    MatchRun.objects.update(state=RunState.RUNNING, attempts=MOST_ATTEMPTS)
    done = run_match(tenant=acme, run_id=ordered.pk)
    assert done.state == RunState.FAILED
    assert str(MOST_ATTEMPTS) in done.error


def test_an_unexpected_error_ends_the_run_and_is_told(acme: Tenant) -> None:
    MatchModelVersion.objects.create(number=1, state="published", origin="edited", model={"broken": True})
    ordered = start_run(tenant=acme, by=BY, kind=RunKind.DEEP)
    with pytest.raises(ValidationError):
        run_match(tenant=acme, run_id=ordered.pk)
    done = MatchRun.objects.get()
    assert done.state == RunState.FAILED
    assert "unexpected" in done.error
