"""One chunk of rows: look up, decide, write, in one transaction."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from cdp.actors import Actor
from cdp.models import Tenant
from profiles.imports.choices import RowAction
from profiles.imports.incoming import Incoming, Problem, Refused
from profiles.imports.matching.decide import Decider, Outcome
from profiles.imports.matching.directory import Directory
from profiles.imports.matching.lookups import Lookups
from profiles.imports.pace import Pace
from profiles.imports.policy import GIN_PENDING_LIST
from profiles.imports.writing.outcomes import ROWS, write_outcomes
from profiles.imports.writing.people import IDENTIFIERS, PEOPLE, POINTS, Writing, write_people
from profiles.imports.writing.stage import make_ready
from profiles.locking import lock_tenant
from profiles.registries import identity_conflicts

Parsed = Incoming | Refused
# Called at the end of the transaction with the chunk's counts and last row, and once it is committed.
Progress = Callable[[Counter[str], int], None]
Committed = Callable[[int], None]
UNSTORABLE = gettext_noop("The database refused this row.")
_STAGES = (PEOPLE, POINTS, IDENTIFIERS, ROWS)
_SETTINGS = {
    "gin_pending_list_limit": GIN_PENDING_LIST,
    # A power cut may take the last chunks, and with them what the import knows of them: it goes on from
    # there. The commit that ends the import waits for the disk, and so for everything before it.
    "synchronous_commit": "off",
}


@dataclass(frozen=True, slots=True)
class ChunkWriter:
    """Writes chunks of one run."""

    tenant: Tenant
    by: Actor
    run_id: uuid.UUID
    reference: str
    source: str
    mode: str
    keeps_status: bool
    progress: Progress
    committed: Committed
    pace: Pace

    def write(self, rows: Sequence[Parsed]) -> None:
        """Write the rows, or all but those the database refuses, in steps the pace allows."""
        while rows:
            part, rows = rows[: self.pace.rows], rows[self.pace.rows :]
            self._write_around(part)

    def _write_around(self, rows: Sequence[Parsed]) -> None:
        try:
            self._write(rows)
        except (DataError, IntegrityError):
            if len(rows) == 1:
                problem = Problem("", "", UNSTORABLE)
                self._write([Refused(rows[0].row_no, [problem], rows[0].line_no)])
            else:
                # The result does not depend on the size of a chunk, so the bad row can be cornered.
                middle = len(rows) // 2
                self._write_around(rows[:middle])
                self._write_around(rows[middle:])
                return
        self.committed(rows[-1].row_no)

    def _write(self, rows: Sequence[Parsed]) -> None:
        is_nested = connection.in_atomic_block
        with transaction.atomic():
            make_ready(_STAGES, is_nested=is_nested, settings=_SETTINGS)
            # Taken as late as this: people who create customers meanwhile wait for it.
            lock_tenant(self.tenant.pk)
            good = [row for row in rows if isinstance(row, Incoming)]
            directory = Directory()
            Lookups(run_id=self.run_id, lock=True).extend(directory, good)
            now = timezone.now()
            decider = Decider(
                directory,
                source=self.source,
                mode=self.mode,
                clock=rising(now),
                keeps_status=self.keeps_status,
            )
            outcomes = decider.decide(rows)
            writing = Writing(self.tenant.pk, self.reference, self.source, self.by, now)
            write_people(writing, directory.people.values())
            write_outcomes(writing, self.run_id, outcomes, [row.line_no for row in rows])
            self._tell_conflicts(outcomes)
            counts = Counter(str(outcome.action) for outcome in outcomes)
            self.progress(counts, rows[-1].row_no)
            self.pace.notice()

    def _tell_conflicts(self, outcomes: Sequence[Outcome]) -> None:
        found = [
            (outcome.profile_id, outcome.conflicts)
            for outcome in outcomes
            if outcome.conflicts and outcome.profile_id and outcome.action != RowAction.SKIP
        ]
        if found:
            for listener in identity_conflicts:
                listener(self.tenant, found)


def rising(start: datetime) -> Callable[[], datetime]:
    """Return a clock that is a microsecond later each time: rows of one chunk keep their order."""
    ticks = 0

    def tick() -> datetime:
        nonlocal ticks
        ticks += 1
        return start + timedelta(microseconds=ticks)

    return tick
