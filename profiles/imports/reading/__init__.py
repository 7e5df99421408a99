"""Tables as people have them (CSV in any encoding, .xlsx), read in a stream, row by row."""

from profiles.imports.reading.delimiters import DELIMITERS
from profiles.imports.reading.detection import detect
from profiles.imports.reading.dialect import Dialect, Row, RowError
from profiles.imports.reading.encodings import ENCODINGS
from profiles.imports.reading.errors import UnreadableFile
from profiles.imports.reading.limits import DEFAULT_LIMITS, Limits
from profiles.imports.reading.rows import read_rows

__all__ = [
    "DEFAULT_LIMITS",
    "DELIMITERS",
    "ENCODINGS",
    "Dialect",
    "Limits",
    "Row",
    "RowError",
    "UnreadableFile",
    "detect",
    "read_rows",
]
