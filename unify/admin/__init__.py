"""The admin of duplicates: everything can be looked at; decisions are made on the pages."""

from unify.admin import bulk, candidate, case, matching, merge, record, run, settings, verdict

__all__ = ["bulk", "candidate", "case", "matching", "merge", "record", "run", "settings", "verdict"]
