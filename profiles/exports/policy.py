"""Sizes and times of exports."""

from __future__ import annotations

from datetime import timedelta

# Customers read and written at a time; the progress moves as often.
PAGE_ROWS = 1_000
# A file of customers is personal data, and can be made again: it goes this long after it was ready.
FILE_RETENTION = timedelta(days=7)
# A worker reports with every page; one that has been silent for this long is taken for dead.
HEARTBEAT_TIMEOUT = timedelta(minutes=1)
# An export whose workers die this often is given up.
MOST_ATTEMPTS = 5
# Exports of one company that may wait or run at the same time.
MOST_ACTIVE = 5
# A sheet of Excel has 1,048,576 rows; what is left over goes to the next sheet.
SHEET_ROWS = 1_000_000
# Longest query string of a list: a search and every filter there is need a tenth of it.
LONGEST_FILTERS = 4_000
