"""A scheduler that leaves a sign of life, so that a beat that hangs is noticed."""

import os
from pathlib import Path
from typing import Any

from django_celery_beat.schedulers import DatabaseScheduler


def heartbeat_file() -> Path | None:
    """The file to touch, from BEAT_HEARTBEAT; without it nobody asks for a sign of life."""
    path = os.environ.get("BEAT_HEARTBEAT")
    return Path(path) if path else None


class HeartbeatScheduler(DatabaseScheduler):  # type: ignore[misc]  # the package has no types
    """The schedules people edit in the admin, with a heartbeat at every tick."""

    def tick(self, *args: Any, **kwargs: Any) -> Any:
        """Touch the file, then do what is due; returns the seconds until the next tick."""
        if (path := heartbeat_file()) is not None:
            path.touch()
        return super().tick(*args, **kwargs)
