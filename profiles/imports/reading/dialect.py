from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, NamedTuple, Self


class Row(NamedTuple):
    """One record, as many values as the header has columns.

    `row_no` counts records from 1 without header and empty ones and is the same in every reading of the file;
    `line_no` is the line of the file, or the row of the sheet, where the record starts.
    """

    row_no: int
    line_no: int
    values: list[str]


class RowError(NamedTuple):
    """One record that cannot be read; `values` holds what there is of it, for the error file."""

    row_no: int
    line_no: int
    code: str
    message: str
    values: list[str]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one file is written. `header` has one distinct name per column, made up where the file has none.

    `preamble` counts the lines before the header. `is_certain` is False when the encoding had to be guessed
    between plausible ones: show the preview and ask. `is_damaged` means some bytes are no text: their rows
    become errors. `line_count` is a close upper bound on the rows, 0 if unknown.
    """

    kind: Literal["csv", "xlsx"]
    header: tuple[str, ...]
    has_header: bool = True
    encoding: str = ""
    delimiter: str = ","
    preamble: int = 0
    skips_initial_space: bool = False
    is_certain: bool = True
    is_damaged: bool = False
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    line_count: int = 0
    first_rows: tuple[tuple[str, ...], ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Of what `to_json` gave, after a database has made lists of its tuples."""
        values = {**stored, "header": tuple(stored["header"]), "sheets": tuple(stored["sheets"])}
        values["first_rows"] = tuple(tuple(row) for row in stored["first_rows"])
        return cls(**values)
