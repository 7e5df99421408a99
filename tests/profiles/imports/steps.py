"""Importing in one call, and looking at what came of it."""

from __future__ import annotations

import io
from typing import Any

from profiles.imports.models import ImportRow, ImportRun
from profiles.imports.operations.confirm import confirm_import
from profiles.imports.operations.run import run_import
from profiles.imports.operations.start import start_import
from profiles.imports.operations.undo import undo_import, undo_run
from profiles.models import ContactPoint, Profile, ProfileIdentifier, ProfileTag
from tests.world import World


def start(world: World, text: str | bytes, **options: Any) -> ImportRun:
    """Upload a file to acme as Alice."""
    data = text.encode() if isinstance(text, str) else text
    given: dict[str, Any] = {
        "source": "ERP",
        "source_type": "CUSTOMER",
        "file_name": "customers.csv",
        **options,
    }
    return start_import(tenant=world.acme, by=world.by, file=io.BytesIO(data), **given)


def run(world: World, draft: ImportRun, *, chunk_rows: int = 2_000) -> ImportRun:
    """Confirm a draft and run it here and now."""
    confirm_import(tenant=world.acme, by=world.by, run_id=draft.pk, is_queued=False)
    return run_import(tenant=world.acme, run_id=draft.pk, chunk_rows=chunk_rows)


def import_file(world: World, text: str | bytes, *, chunk_rows: int = 2_000, **options: Any) -> ImportRun:
    """Upload a file and import it."""
    return run(world, start(world, text, **options), chunk_rows=chunk_rows)


def undo(world: World, done: ImportRun, *, chunk_rows: int = 2_000) -> ImportRun:
    """Take an import back here and now."""
    undo_import(tenant=world.acme, by=world.by, run_id=done.pk, is_queued=False)
    return undo_run(tenant=world.acme, run_id=done.pk, chunk_rows=chunk_rows)


def actions(done: ImportRun) -> list[str]:
    """Return what became of each row."""
    return list(ImportRow.objects.filter(run=done).order_by("row_no").values_list("action", flat=True))


def state() -> list[dict[str, Any]]:
    """Return every customer of the tenant with everything an import writes, ids and times left out."""
    profiles = []
    for profile in Profile.objects.order_by("created_at", "pk"):
        profiles.append(
            {
                **{name: getattr(profile, name) for name in _COLUMNS},
                "points": sorted(ContactPoint.objects.filter(profile=profile).values_list("kind", "value")),
                "ids": sorted(
                    ProfileIdentifier.objects.filter(profile=profile).values_list("source", "external_id")
                ),
                "tags": sorted(
                    ProfileTag.objects.filter(profile=profile).values_list("tag__name", flat=True)
                ),
            }
        )
    return profiles


_COLUMNS = [
    *("type", "status", "name", "display_name", "first_name", "last_name", "company_name", "email", "phone"),
    *("address", "company_tax_id", "industry", "company_size", "website", "date_of_birth", "gender"),
    *(
        "lifecycle_stage",
        "membership_tier",
        "member_id",
        "attributes",
        "metadata",
        "primary_source",
        "version",
    ),
]
