"""Sizes and times of finding duplicates."""

from __future__ import annotations

from datetime import timedelta

from unify.choices import RunKind

# Kinds of runs that look for duplicates.
LOOKS = (RunKind.DEEP, RunKind.INCREMENTAL)
# Among a run's counts, why clusters to be merged were left to people: {slug of the error: how many}.
REASONS = "left_reasons"
# Above this many customers only indexed kinds of keys are used (unify.records.policy), so that what changed
# can be looked up in the index; below, a run reads everybody, which takes a second.
LARGE = 100_000
# More records than this on one screen help nobody decide.
CASE_SIZE = 10
# A run reports at least this often while it works; one that has been silent for this long is taken for dead.
HEARTBEAT_TIMEOUT = timedelta(minutes=5)
REPORT_EVERY = 1.0  # seconds
# A run that dies this often is given up.
MOST_ATTEMPTS = 3
# The shipped model knows how often names occur; with this many times the customers it is made again.
GROWTH = 2
# Relatives are two people: less than what people are asked about.
FAMILY_SCORE = 59.0
FAMILY = "family"
# How many pairs of each kind the trial of a model shows.
SAMPLES = 20
