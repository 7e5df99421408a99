"""What imports have done to one customer, for the history on its page."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from cdp.actors import Actor
from profiles.imports.choices import RowAction, UndoOutcome
from profiles.imports.models import ImportRow


@dataclass(frozen=True, slots=True)
class ImportChange:
    """One row of an import that created or changed the customer; ``changes`` is {field: [old, new]}."""

    run_id: uuid.UUID
    file_name: str
    source: str
    actor: Actor
    at: datetime
    row_no: int
    action: str
    changes: dict[str, list[Any]]
    undone: str

    @property
    def by(self) -> str:
        """Return the name of whoever ordered the import."""
        return self.actor.label


def import_changes(profile_ids: Collection[uuid.UUID], *, limit: int = 50) -> list[ImportChange]:
    """Return the latest changes of these customers first; in one query, whatever the number of imports."""
    rows = (
        ImportRow.objects.filter(profile_id__in=profile_ids, action__in=[RowAction.CREATE, RowAction.UPDATE])
        .select_related("run")
        .order_by("-run_id", "-row_no")[:limit]
    )
    return [_change(row) for row in rows]


def changes_of(
    profile_ids: Collection[uuid.UUID], *, limit: int = 50
) -> list[tuple[uuid.UUID, ImportChange]]:
    """Return what imports have changed in each of these customers and not taken back, the latest first.

    At most ``limit`` changes of each; in one query, whatever the number of customers.
    """
    latest = [F("run_id").desc(), F("row_no").desc()]
    rows = (
        ImportRow.objects.filter(profile_id__in=profile_ids, action=RowAction.UPDATE)
        .exclude(undone=UndoOutcome.RESTORED)
        .annotate(place=Window(RowNumber(), partition_by=F("profile_id"), order_by=latest))
        .filter(place__lte=limit)
        .select_related("run")
        .order_by("-run_id", "-row_no")
    )
    return [(row.profile_id, _change(row)) for row in rows if row.profile_id is not None]


def _change(row: ImportRow) -> ImportChange:
    return ImportChange(
        run_id=row.run.pk,
        file_name=row.run.file_name,
        source=row.run.source,
        actor=row.run.actor,
        at=row.run.started_at or row.run.created_at,
        row_no=row.row_no,
        action=row.action,
        changes=row.changes or {},
        undone=row.undone,
    )
