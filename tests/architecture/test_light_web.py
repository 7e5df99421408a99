"""What a web process must not bring along."""

from __future__ import annotations

import subprocess
import sys

from django.conf import settings

_LOAD = """
import django, sys
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
import unify.operations.dry_run_model, unify.operations.publish_model, unify.operations.train_model
print(sorted({"duckdb", "splink"} & sys.modules.keys()))
"""


def test_a_web_process_loads_no_engine_for_batches() -> None:
    command = [sys.executable, "-c", _LOAD]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
