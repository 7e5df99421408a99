"""Runs that make recommendations: ordering one, taking it up, telling how far it is, ending it."""

from __future__ import annotations

import resource
import sys
import time
import uuid
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from cdm.choices import RunState
from cdm.models import InsightFit
from cdm.recommending.errors import RunAtWork, RunNotFound
from cdm.recommending.situations import today_of
from cdp import audit
from cdp.actors import Actor
from cdp.after_commit import after_commit
from cdp.celery import app
from cdp.models import Tenant
from profiles.locking import lock_values

RUN_TASK = "cdm.make_recommendations"
ACTIVE = (RunState.WAITING, RunState.RUNNING)
# Longer than any step takes at a million customers: a run at work must not be begun a second time.
HEARTBEAT_TIMEOUT = timedelta(minutes=45)
MOST_ATTEMPTS = 4
_REPORT_EVERY = 1.0


class Superseded(RuntimeError):
    """Another worker has taken the run over, or it is gone."""


@transaction.atomic
def order_run(*, tenant: Tenant, by: Actor) -> InsightFit:
    """Have a worker make the tenant's recommendations anew; raises RunAtWork."""
    fit = create_run(tenant=tenant, by=by)
    queue(fit)
    return fit


def queue(fit: InsightFit) -> None:
    """Have a worker carry the run out, or begin it again."""
    signature = app.signature(RUN_TASK, args=[str(fit.tenant_id), str(fit.pk)], immutable=True)
    # Should the queue be down, the job that looks every quarter of an hour finds the run waiting.
    after_commit(signature.apply_async)


@transaction.atomic
def create_run(*, tenant: Tenant, by: Actor) -> InsightFit:
    """Write a waiting run; raises RunAtWork while another waits or works."""
    lock_values(tenant.pk, ["insight_fits"])
    if InsightFit.objects.filter(state__in=ACTIVE).exists():
        raise RunAtWork
    fit = InsightFit.objects.create(
        cutoff_on=today_of(tenant), ordered_by=str(by)[:80], heartbeat_at=timezone.now()
    )
    audit.record(verb="recommendations.order", obj=fit, by=by)
    return fit


@transaction.atomic
def begin(fit_id: uuid.UUID, cutoff: date) -> InsightFit | None:
    """Take a run up, from the beginning; None when it has ended, is at work, or has been given up now."""
    fit = InsightFit.objects.select_for_update().filter(pk=fit_id).first()
    if fit is None:
        raise RunNotFound
    if fit.state not in ACTIVE or _is_at_work(fit):
        return None
    if fit.attempts >= MOST_ATTEMPTS:
        _end(fit, RunState.FAILED, f"It was stopped {fit.attempts} times and was given up.")
        return None
    fit.state, fit.attempts, fit.heartbeat_at = RunState.RUNNING, fit.attempts + 1, timezone.now()
    fit.cutoff_on = cutoff
    fit.save(update_fields=["state", "attempts", "heartbeat_at", "cutoff_on"])
    return fit


def _is_at_work(fit: InsightFit) -> bool:
    """Tell whether another worker is at it: queues deliver twice."""
    told = fit.heartbeat_at
    is_fresh = told is not None and told > timezone.now() - HEARTBEAT_TIMEOUT
    return fit.state == RunState.RUNNING and is_fresh


class Progress:
    """The steps of one run, and how long each took."""

    def __init__(self, fit: InsightFit) -> None:
        self.fit = fit
        self.seconds: dict[str, float] = {}
        self._step, self._since, self._told = "", time.monotonic(), 0.0

    def step(self, name: str, total: int = 0) -> None:
        """Begin a step; raises Superseded."""
        self.stop()
        self._step = name
        self._tell(0, total)

    def stop(self) -> None:
        """End the step at work."""
        now = time.monotonic()
        if self._step:
            self.seconds[self._step] = round(now - self._since, 2)
        self._step, self._since = "", now

    def __call__(self, done: int, total: int) -> None:
        """Say how far the step is, at most once a second; raises Superseded."""
        if time.monotonic() - self._told >= _REPORT_EVERY:
            self._tell(done, total)

    def _tell(self, done: int, total: int) -> None:
        self._told = time.monotonic()
        ours = InsightFit.objects.filter(
            pk=self.fit.pk, state=RunState.RUNNING, attempts=self.fit.attempts
        ).update(step=self._step, done=done, total=total, heartbeat_at=timezone.now())
        if not ours:
            raise Superseded


def hold(fit: InsightFit) -> InsightFit:
    """Lock the run for writing its results; raises Superseded when it is no longer this worker's."""
    rows = InsightFit.objects.select_for_update()
    current = rows.filter(pk=fit.pk, state=RunState.RUNNING, attempts=fit.attempts).first()
    if current is None:
        raise Superseded
    return current


def finish(fit: InsightFit, *, by: Actor) -> None:
    """End a held run well; it has its results already."""
    fit.peak_mib = peak_mib()
    _end(fit, RunState.DONE)
    audit.record(
        verb="recommendations.make",
        obj=fit,
        by=by,
        changes={name: (0, count) for name, count in fit.counts.items() if isinstance(count, int)},
    )


@transaction.atomic
def fail(fit: InsightFit, problem: str) -> None:
    """End a run that cannot go on, unless another worker has it."""
    _end(hold(fit), RunState.FAILED, problem)


def _end(fit: InsightFit, state: RunState, error: str = "") -> None:
    fit.state, fit.error, fit.finished_at, fit.step = state, error[:500], timezone.now(), ""
    fit.save()


def peak_mib() -> int:
    """Return the most memory this process has had, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak // (1024 * 1024 if sys.platform == "darwin" else 1024))
