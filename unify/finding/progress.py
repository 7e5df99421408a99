"""Telling how far a run is, and noticing that it was cancelled."""

from __future__ import annotations

import resource
import sys
import time

from django.utils import timezone

from unify.choices import RunState
from unify.finding.policy import REPORT_EVERY
from unify.models import MatchRun


class Superseded(RuntimeError):
    """The run was cancelled, or taken over by another worker."""


class Progress:
    """The steps of one run."""

    def __init__(self, run: MatchRun) -> None:
        self.run = run
        self._step = ""
        self._told_at = 0.0

    def step(self, name: str, total: int = 0) -> None:
        """Begin a step; raises Superseded."""
        self._step = name
        self._tell(0, total)

    def __call__(self, done: int, total: int) -> None:
        """Say how far the step is, at most once a second; raises Superseded."""
        if time.monotonic() - self._told_at >= REPORT_EVERY:
            self._tell(done, total)

    def _tell(self, done: int, total: int) -> None:
        self._told_at = time.monotonic()
        ours = MatchRun.objects.filter(
            pk=self.run.pk, state=RunState.RUNNING, attempts=self.run.attempts
        ).update(step=self._step, done=done, total=total, heartbeat_at=timezone.now())
        if not ours:
            raise Superseded


def peak_mib() -> int:
    """Return the most memory this process has had, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak // (1024 * 1024 if sys.platform == "darwin" else 1024))
