"""Whether the process lives, and whether it can work."""

from __future__ import annotations

import redis
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse


def alive(request: HttpRequest) -> JsonResponse:
    """Answer as long as the process runs; asks nobody."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when database, migrations and queue are there, otherwise 503 and what is missing."""
    checks = {"database": _database(), "queue": _queue()}
    checks["migrations"] = _migrations() if checks["database"] == "ok" else "unknown"
    is_ready = all(state == "ok" for state in checks.values())
    body = {"status": "ok" if is_ready else "unavailable", "checks": checks}
    return JsonResponse(body, status=200 if is_ready else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return "ok"


def _queue() -> str:
    try:
        cache.get("readyz")
    except redis.RedisError:
        return "unreachable"
    return "ok"


# Applied migrations never go away while a process runs, so the answer "ok" is kept.
_migrated = False


def _migrations() -> str:
    global _migrated  # noqa: PLW0603
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return "ok" if _migrated else "pending"
