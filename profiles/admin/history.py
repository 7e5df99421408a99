"""A customer's history in the admin: imports, which keep no audit entry of each row, stand in it, too."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page

from cdp.adminsite.history import Line, changes_in_words
from profiles.imports.history import ImportChange, import_changes
from profiles.models import Profile
from profiles.panels.history import imported_in_words, undone_in_words


class WithImports:
    """Puts what imports did to a customer between the audit entries, where it belongs in time."""

    def history_lines(self, obj: Any, page: Page[Any]) -> list[Line]:
        lines: list[Line] = super().history_lines(obj, page)  # type: ignore[misc]
        newest = page.paginator.object_list[page.start_index() - 2].at if page.has_previous() else None
        oldest = lines[-1].at if page.has_next() else None
        imported = [
            _line(change)
            for change in import_changes([obj.pk])
            if (newest is None or change.at < newest) and (oldest is None or change.at >= oldest)
        ]
        return sorted([*lines, *imported], key=lambda line: line.at, reverse=True)


def _line(change: ImportChange) -> Line:
    return Line(
        at=change.at,
        who=change.by,
        about="",
        address="",
        kind=str(change.actor.kind.label),
        what=imported_in_words(change),
        changes=changes_in_words(change.changes, Profile),
        request_id="",
        note=undone_in_words(change),
    )
