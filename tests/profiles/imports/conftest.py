"""Fixtures of imports."""

from __future__ import annotations

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks


@pytest.fixture
def committing(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> DjangoCaptureOnCommitCallbacks:
    """Run what waits for the commit, which a test's own transaction never reaches."""
    return django_capture_on_commit_callbacks
