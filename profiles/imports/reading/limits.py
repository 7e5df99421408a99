from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is accepted, so that no upload can exhaust memory; lengths in characters."""

    columns: int = 500
    cell_length: int = 100_000
    line_length: int = 2_000_000
    workbook_bytes: int = 2_000_000_000
    workbook_strings_bytes: int = 100_000_000
    workbook_parts: int = 2_000
    workbook_ratio: int = 200
    workbook_rows: int = 1_048_576


DEFAULT_LIMITS = Limits()
