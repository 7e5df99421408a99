"""Backtests: what would have been recommended on a day of the past, against what happened after it."""
