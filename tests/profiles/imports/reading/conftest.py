import io
from collections.abc import Sequence
from typing import Any

import pytest
from openpyxl import Workbook

from profiles.imports.reading import Dialect, Row, RowError, detect, read_rows
from tests.profiles.imports.reading.shapes import MakeWorkbook, Read


@pytest.fixture
def read() -> Read:
    def read_all(content: bytes | str, **chosen: Any) -> tuple[Dialect, list[Row | RowError]]:
        file = io.BytesIO(content.encode() if isinstance(content, str) else content)
        dialect = detect(file, **chosen)
        return dialect, list(read_rows(file, dialect))

    return read_all


@pytest.fixture
def make_workbook() -> MakeWorkbook:
    def make(**sheets: Sequence[Sequence[object]]) -> io.BytesIO:
        workbook = Workbook()
        workbook.remove(workbook.worksheets[0])
        for title, rows in sheets.items():
            sheet = workbook.create_sheet(title)
            for row in rows:
                sheet.append(row)
        file = io.BytesIO()
        workbook.save(file)
        return file

    return make
