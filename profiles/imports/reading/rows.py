from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext_noop

from cdp.sentences import Sentence
from profiles.imports.reading.dialect import Dialect, Row, RowError
from profiles.imports.reading.limits import DEFAULT_LIMITS, Limits
from profiles.imports.reading.records import Record, csv_records
from profiles.imports.reading.workbooks import workbook_records

TOO_MANY_CELLS = Sentence(
    gettext_noop(
        "This row has %(cells)s cells and the header %(columns)s; "
        "put quotes around a cell that contains the delimiter."
    )
)


def read_rows(
    file: BinaryIO, dialect: Dialect, *, skip: int = 0, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Row | RowError]:
    """The rows of a seekable file after the first `skip`, streaming; the file stays open.

    Raises UnreadableFile when the file as a whole cannot be read on.
    """
    return rows_of(_records(file, dialect, limits), dialect, skip)


def rows_of(records: Iterator[Record], dialect: Dialect, skip: int = 0) -> Iterator[Row | RowError]:
    """The rows that records make under the header of the dialect."""
    if dialect.has_header:
        next(records, None)
    width = len(dialect.header)
    for row_no, (line_no, values, problem) in enumerate(records, start=1):
        if row_no <= skip:
            continue
        if problem is not None:
            yield RowError(row_no, line_no, problem.code, problem.message, values)
        elif len(values) == width:
            yield Row(row_no, line_no, values)
        else:
            yield _ragged(row_no, line_no, values, width)


def _records(file: BinaryIO, dialect: Dialect, limits: Limits) -> Iterator[Record]:
    if dialect.kind == "xlsx":
        return workbook_records(file, dialect.sheet, limits)
    return csv_records(file, dialect, limits)


def _ragged(row_no: int, line_no: int, values: list[str], width: int) -> Row | RowError:
    missing = width - len(values)
    if missing > 0:
        return Row(row_no, line_no, values + [""] * missing)
    if not any(value.strip() for value in values[width:]):
        return Row(row_no, line_no, values[:width])
    message = TOO_MANY_CELLS(cells=f"{len(values):,}", columns=f"{width:,}")
    return RowError(row_no, line_no, "too_many_cells", message, values)
