"""Sizes and times of imports."""

from __future__ import annotations

from datetime import timedelta

# Rows per transaction: larger ones gain nothing and make people who create customers meanwhile wait.
CHUNK_ROWS = 2_000
# Up to here the API answers at once; beyond it a worker does the work.
SYNC_ROWS = 5_000
SYNC_BYTES = 5 * 1024 * 1024
# A dry run looks at this many rows: what it would create must be remembered, and somebody waits for it.
PREVIEW_ROWS = 50_000
# Uploaded files are personal data: they go this long after the import has ended (or was abandoned).
FILE_RETENTION = timedelta(days=30)
# An upload nobody went on with goes sooner, file and all: long enough for a weekend in between.
DRAFT_RETENTION = timedelta(days=7)
# A worker reports with every chunk; one that has been silent for this long is taken for dead.
HEARTBEAT_TIMEOUT = timedelta(minutes=1)
# A run that dies this often without getting any further is given up.
MOST_ATTEMPTS = 5
# What a search pays for while an import has new index entries pending stays at a few milliseconds up to here.
GIN_PENDING_LIST = "16MB"
# Rows done at which the tables' statistics are renewed, where they have outgrown them.
ANALYZE_AT = (2_000,)
