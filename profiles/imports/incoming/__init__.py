"""Rows of files and objects of requests, validated into one shape."""

from profiles.imports.incoming.row import Incoming, Problem, Refused
from profiles.imports.incoming.table import TableParser

__all__ = ["Incoming", "Problem", "Refused", "TableParser"]
