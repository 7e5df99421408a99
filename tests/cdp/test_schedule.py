"""Everything on the schedule is a task the worker knows."""

from __future__ import annotations

import pytest
from django.conf import settings

from cdp.celery import PlatformTask, app


@pytest.mark.parametrize("name", list(settings.CELERY_BEAT_SCHEDULE))
def test_a_scheduled_job_is_a_known_task_of_the_platform(name: str) -> None:
    app.loader.import_default_modules()
    task = app.tasks[str(settings.CELERY_BEAT_SCHEDULE[name]["task"])]
    assert isinstance(task, PlatformTask)
