"""When a worker is asked to evaluate rules."""

from __future__ import annotations

from pytest_django import DjangoCaptureOnCommitCallbacks

from cdm.automation.queueing import evaluate_soon
from cdp.after_commit import postponing
from cdp.ids import uuid7
from cdp.models import Tenant


def test_verbs_in_a_row_ask_once(
    acme: Tenant, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks() as each:
        for _ in range(3):
            evaluate_soon(acme.pk, [uuid7()])
    assert len(each) == 3
    with django_capture_on_commit_callbacks() as together, postponing():
        for _ in range(3):
            evaluate_soon(acme.pk, [uuid7()])
    assert len(together) == 1
