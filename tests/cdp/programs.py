"""Starts our programs as production does: a process of its own, with nothing but its environment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
SECRET_KEY = "a-key-for-tests-only-0123456789-abcdefghijklmnopqrstuvwxyz"
PASSED_ON = ("PATH", "HOME", "TMPDIR", "LANG", "COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG")


def production(**changes: str | None) -> dict[str, str]:
    """Return the environment of a sound production process on the test database; None leaves one out."""
    environment: dict[str, str | None] = {
        **{name: os.environ.get(name) for name in PASSED_ON},
        "DJANGO_SETTINGS_MODULE": "cdp.settings",
        "SECRET_KEY": SECRET_KEY,
        "ALLOWED_HOSTS": "crm.example.com",
        "DATABASE_URL": on_test_database(os.environ["DATABASE_URL"]),
        "REDIS_URL": settings.REDIS_URL,
        **changes,
    }
    return {name: value for name, value in environment.items() if value is not None}


def on_test_database(url: str) -> str:
    """Return ``url`` with the name of the database the tests run on."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{connection.settings_dict['NAME']}"))


def run(*command: str, environment: dict[str, str], timeout: int = 60) -> subprocess.CompletedProcess[str]:
    """Run Python with ``command`` in the project's directory."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
