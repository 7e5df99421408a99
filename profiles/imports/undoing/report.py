"""What undoing an import took back and what it had to keep."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

MOST_LISTED = 1_000


@dataclass(slots=True)
class UndoReport:
    """Counts of customers removed and rows restored, and what was kept, with the reason."""

    removed: int = 0
    restored: int = 0
    kept: int = 0
    entries: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, stored: dict[str, Any]) -> UndoReport:
        """Return the report as far as it was written."""
        counts = {name: stored.get(name, 0) for name in ("removed", "restored", "kept")}
        return cls(**counts, entries=list(stored.get("entries", ())))

    def keep(self, row_no: int, profile_id: uuid.UUID, reason: str, fields: list[str] | None = None) -> None:
        """Note something that could not be taken back; the first thousand are listed."""
        self.kept += 1
        if len(self.entries) < MOST_LISTED:
            self.entries.append(
                {"row": row_no, "profileId": str(profile_id), "reason": reason, "fields": fields or []}
            )

    def to_json(self) -> dict[str, Any]:
        return {
            "removed": self.removed, "restored": self.restored, "kept": self.kept, "entries": self.entries
        }  # fmt: skip
