"""Where benchmarks run: embedded servers of their own, tuned as in production, kept between runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = BASE_DIR / ".data" / "bench"


def prepare() -> None:
    """Start the servers, migrate, and set Django up; call before importing any model."""
    sys.path.insert(0, str(BASE_DIR))
    from cdp.local import services  # noqa: PLC0415 (the path comes first)

    if not os.environ.get("DATABASE_URL"):
        os.environ.update(services.ensure_running(DATA_DIR).variables())
    os.environ.setdefault("LOCAL", "1")
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    os.environ.setdefault("ALLOWED_HOSTS", "testserver,127.0.0.1,localhost")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cdp.settings")
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
