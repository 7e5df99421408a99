"""The delimiter of a text table, and where its header stands."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from django.utils.translation import gettext_noop

DELIMITERS = {
    ",": gettext_noop("Comma"),
    ";": gettext_noop("Semicolon"),
    "\t": gettext_noop("Tab"),
    "|": gettext_noop("Vertical bar"),
}
"""What a person may choose, with its label in English."""

_RECORDS = 50
_MAX_TITLE_LINES = 10
_NARROWEST_TITLED_TABLE = 3
_PROBED_LENGTH = 2_000
_is_separator_line = re.compile(r"\ufeff?\"?sep=([,;\t|]?)\"?\s*", re.IGNORECASE).fullmatch
_before_quote = re.compile(r"[,;\t|] +\"[^\"]*[,;\t|][^\"]*\"").search


class Layout(NamedTuple):
    delimiter: str
    preamble: int
    skips_initial_space: bool


def detect_layout(lines: Sequence[str], delimiter: str | None = None) -> Layout:
    """From the first lines of a file; `preamble` counts the lines before the header."""
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines and (match := _is_separator_line(lines[start])):
        start += 1
        delimiter = delimiter or match[1] or None
        if delimiter:
            return Layout(delimiter, start, False)
    body = lines[start:]
    spaced = any(_before_quote(line[:_PROBED_LENGTH]) for line in body[:_RECORDS])
    chosen = delimiter or max(DELIMITERS, key=lambda candidate: _score(body, candidate, spaced))
    return Layout(chosen, start + _title_lines(body, chosen, spaced), spaced)


def _counts(lines: Sequence[str], delimiter: str, spaced: bool) -> list[tuple[int, int, int]]:
    """Per record: its last line, its cells, its cells that are not empty."""
    reader = csv.reader(iter(lines), delimiter=delimiter, skipinitialspace=spaced)
    counts = []
    try:
        for record in islice(reader, _RECORDS):
            if filled := sum(1 for cell in record if cell.strip()):
                counts.append((reader.line_num, len(record), filled))
    except csv.Error:
        # A cell beyond the csv module's limit: what came before it is sample enough.
        return counts
    return counts


def _score(lines: Sequence[str], delimiter: str, spaced: bool) -> float:
    widths = [width for _, width, _ in _counts(lines, delimiter, spaced)]
    if not widths:
        return 0.0
    width, records = Counter(widths).most_common(1)[0]
    if width == 1 or widths[0] == 1 and width < _NARROWEST_TITLED_TABLE:
        # Two cells under a one-cell header are "Family, given" in a one-column file.
        return 0.0
    return (records / len(widths)) ** 2 * (width - 1)


def _title_lines(lines: Sequence[str], delimiter: str, spaced: bool) -> int:
    """Lines above the header such as a report's title: records of one cell over a table of three or more."""
    counts = _counts(lines, delimiter, spaced)
    width = Counter(width for _, width, _ in counts).most_common(1)[0][0] if counts else 0
    last = 0
    if width >= _NARROWEST_TITLED_TABLE:
        for line, _, filled in counts[:_MAX_TITLE_LINES]:
            if filled > 1:
                return last
            last = line
    return 0
