"""Writing what became of the rows of a chunk."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from profiles.imports.matching.decide import Outcome
from profiles.imports.writing.people import Writing
from profiles.imports.writing.stage import Stage

ROWS = Stage(
    "import_outcomes",
    {
        "row_no": "integer",
        "line_no": "integer",
        "action": "text",
        "profile_id": "uuid",
        "changes": "jsonb",
        "errors": "jsonb",
        "note": "text",
        "record_key": "bigint",
        "record_hash": "bigint",
    },
)
_NAMES = ", ".join(ROWS.columns)
_INSERT = f"""
INSERT INTO import_rows (tenant_id, run_id, undone, {_NAMES})
SELECT %(tenant)s, %(run)s, '', {_NAMES} FROM import_outcomes
"""  # noqa: S608


def write_outcomes(
    writing: Writing, run_id: uuid.UUID, outcomes: Iterable[Outcome], lines: Iterable[int]
) -> None:
    """Write one import row per outcome; ``lines`` are where their records start in the file, 0 for none."""
    ROWS.fill(_rows(outcomes, lines))
    writing.run(_INSERT, run=run_id)


def _rows(outcomes: Iterable[Outcome], lines: Iterable[int]) -> Iterator[tuple[Any, ...]]:
    for outcome, line in zip(outcomes, lines, strict=True):
        yield (
            outcome.row_no,
            line or None,
            outcome.action,
            outcome.profile_id,
            json.dumps(outcome.changes) if outcome.changes else None,
            json.dumps([problem.to_json() for problem in outcome.errors]) if outcome.errors else None,
            "\n".join(outcome.notes),
            outcome.key,
            outcome.hash,
        )
