"""A worker that dies in the middle of a search, by SIGKILL."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone

from cdp.tenancy.context import tenant_context
from profiles.choices import ProfileStatus
from profiles.demo import load
from profiles.models import Profile
from tests.unify.finding.people import BY, run
from tests.worker import working
from tests.world import World, make_world
from unify.choices import CandidateState, CaseState, RunKind, RunState
from unify.finding.policy import HEARTBEAT_TIMEOUT
from unify.finding.schedule import resume_stalled
from unify.models import Candidate, MatchRun, Merge, ReviewCase
from unify.operations.start_run import start_run


@pytest.fixture
def committed_world(transactional_db: None) -> World:
    return make_world()


def wait_for(condition: Callable[[], bool], log: Path, *, seconds: float = 240) -> None:
    """Wait until the condition holds; fail with the worker's log when it never does."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"this never happened; the worker said:\n{log.read_text()[-4000:]}")
        time.sleep(0.05)


@pytest.mark.slow
def test_another_worker_carries_the_search_to_its_end(committed_world: World, tmp_path: Path) -> None:
    acme, log = committed_world.acme, tmp_path / "worker.log"
    load(acme, 1200, seed=7)
    with tenant_context(acme):
        with working(log) as first:
            ordered = start_run(tenant=acme, by=BY, kind=RunKind.DEEP)
            wait_for(lambda: Merge.objects.count() > 3, log)
            first.kill()
            first.wait()
        killed = MatchRun.objects.get()
        assert killed.state == RunState.RUNNING, "it was too quick to be killed"
        MatchRun.objects.update(heartbeat_at=timezone.now() - 2 * HEARTBEAT_TIMEOUT)
        with working(log), tenant_context(None):
            assert resume_stalled() == 1
            with tenant_context(acme):
                wait_for(lambda: MatchRun.objects.get(pk=ordered.pk).state == RunState.DONE, log)
        _assert_whole()
        assert run(acme).counts.get("merged", 0) == 0


def _assert_whole() -> None:
    merged = Profile.objects.filter(status=ProfileStatus.MERGED)
    assert merged.count() == Merge.objects.count() > 3
    waiting = Candidate.objects.filter(state=CandidateState.PENDING)
    assert waiting.exists()
    assert not waiting.filter(case=None).exists()
    assert not waiting.exclude(case__state=CaseState.OPEN).exists()
    empty = ReviewCase.objects.filter(state=CaseState.OPEN).exclude(candidates__state=CandidateState.PENDING)
    assert not empty.exists()
    gone = merged.values("pk")
    assert not waiting.filter(low__in=gone).exists()
    assert not waiting.filter(high__in=gone).exists()
