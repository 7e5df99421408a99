"""Children that outlived a supervisor killed with SIGKILL: remember them, and end them next time."""

import json
from collections.abc import Iterable
from pathlib import Path

import psutil

from cdp.local.progress import say

FILE = "children.json"
SECONDS_TO_FINISH = 60.0


def remember(data_dir: Path, pids: Iterable[int | None]) -> None:
    """Record who runs; the time of creation tells a process from a later one with its number."""
    running = [[pid, created] for pid in pids if pid is not None and (created := _created(pid)) is not None]
    draft = data_dir / f"{FILE}.draft"
    draft.write_text(json.dumps(running))
    draft.replace(data_dir / FILE)


def forget(data_dir: Path) -> None:
    """Nobody runs any more."""
    (data_dir / FILE).unlink(missing_ok=True)


def end(data_dir: Path) -> None:
    """End the recorded processes that are still there, letting them finish first."""
    if not (data_dir / FILE).exists():
        return
    recorded = json.loads((data_dir / FILE).read_text())
    alive = [psutil.Process(pid) for pid, created in recorded if _created(pid) == created]
    if alive:
        say("Ending what an earlier run, which was killed, left behind")
    for process in alive:
        process.terminate()
    _, stubborn = psutil.wait_procs(alive, timeout=SECONDS_TO_FINISH)
    for process in stubborn:
        process.kill()
    psutil.wait_procs(stubborn)
    forget(data_dir)


def _created(pid: int) -> float | None:
    try:
        return float(psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return None
