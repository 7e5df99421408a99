"""The types of this folder's fixtures."""

import io
from collections.abc import Sequence
from typing import Any, Protocol

from profiles.imports.reading import Dialect, Row, RowError


class Read(Protocol):
    """Detect and read a whole file of these bytes, or of this text in UTF-8."""

    def __call__(self, content: bytes | str, **chosen: Any) -> tuple[Dialect, list[Row | RowError]]: ...


class MakeWorkbook(Protocol):
    """An .xlsx file of these sheets, each a list of rows."""

    def __call__(self, **sheets: Sequence[Sequence[object]]) -> io.BytesIO: ...
