"""Deleting files no import knows of: a process that dies between keeping a file and its row leaves them."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from cdp.uploads import incoming_directory
from profiles.imports.models import ImportRun

# An upload that is under way, or whose row is about to be written, is younger.
_ABANDONED_AFTER = timedelta(days=1)
_KEPT = "imports"


def delete_orphans() -> int:
    """Delete files older than a day that belong to no import or never arrived whole; return how many."""
    orphans = [*_old_files(incoming_directory()), *_unknown_files()]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def _unknown_files() -> Iterator[Path]:
    root = Path(settings.MEDIA_ROOT)
    tenants = {str(pk) for pk in Tenant.objects.values_list("pk", flat=True)}
    for directory in root.glob(f"{_KEPT}/*/"):
        known = _known_files(directory.name) if directory.name in tenants else set()
        yield from (path for path in _old_files(directory) if str(path.relative_to(root)) not in known)


def _known_files(tenant_id: str) -> set[str]:
    with tenant_context(uuid.UUID(tenant_id)):
        return set(ImportRun.objects.exclude(file="").values_list("file", flat=True))


def _old_files(directory: Path) -> Iterator[Path]:
    before = time.time() - _ABANDONED_AFTER.total_seconds()
    for path in directory.iterdir():
        if path.is_file() and path.stat().st_mtime < before:
            yield path
