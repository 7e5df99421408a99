"""Bring this copy's database, demo data and static files up to date, in one process.

`python -m cdp.local.setup_copy`; the servers must be running.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import django
from django.core.management import call_command, get_commands

from cdp.local.progress import say, waiting

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = BASE_DIR / ".data"
DEMO_COMMAND = "load_demo_data"


def main() -> None:
    """Run the steps that have something to do."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cdp.settings")
    with waiting("Django is loading"):
        django.setup()
    with waiting("the database is being migrated"):
        call_command("migrate", interactive=False, verbosity=1 if _is_first_start() else 0)
    if DEMO_COMMAND in get_commands():
        _once(
            DATA_DIR / "demo-data-loaded", "yes", "Loading the demo data", lambda: call_command(DEMO_COMMAND)
        )
    _once(DATA_DIR / "static-collected", _static_digest(), "Collecting static files", _collect_static)


def _is_first_start() -> bool:
    return not (DATA_DIR / "demo-data-loaded").exists()


def _once(marker: Path, state: str, what: str, step: Callable[[], object]) -> None:
    """Take the step unless the marker says that it was finished for this very state."""
    if marker.exists() and marker.read_text() == state:
        return
    say(what)
    with waiting(what.lower()):
        step()
    marker.write_text(state)


def _collect_static() -> None:
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)


def _static_digest() -> str:
    """Changes whenever a file of ours or a package that brings files of its own does."""
    digest = hashlib.sha256((BASE_DIR / "requirements.lock").read_bytes())
    for path in sorted((BASE_DIR / "static").rglob("*")):
        if path.is_file():
            state = path.stat()
            digest.update(f"{path.relative_to(BASE_DIR)} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    main()
