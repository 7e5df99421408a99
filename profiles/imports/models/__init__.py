"""Imports and what became of their rows."""

from profiles.imports.models.row import ImportRow
from profiles.imports.models.run import ImportRun

__all__ = ["ImportRow", "ImportRun"]
