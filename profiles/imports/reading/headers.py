"""Names for the columns of a file, from its first record where that is a header."""

import re
from collections.abc import Sequence

MAX_NAME_LENGTH = 200

_NO_TEXT = {0: None, 0xFEFF: None, **dict.fromkeys(range(0xD800, 0xE000))}
_is_value = re.compile(
    r"[^@\s]+@[^@\s]+\.[^@\s]+|[+(]?\d[\d\s().+/-]{4,}|\d{4}-\d\d?-\d\d?(?:[T ].*)?|https?://\S+|-?\d+[.,]\d+"
).fullmatch


def looks_like_header(first: Sequence[str]) -> bool:
    """A header names things: no cell of it is an e-mail address, a number of five digits, a date or a URL."""
    cells = [cell.strip()[:MAX_NAME_LENGTH] for cell in first if cell.strip()]
    return bool(cells) and not any(_is_value(cell) for cell in cells)


def column_names(first: Sequence[str]) -> tuple[str, ...]:
    """Trimmed, never empty, and distinct regardless of case: "Email", "Email (2)", "Column 3"."""
    names: list[str] = []
    taken: set[str] = set()
    for number, cell in enumerate(first, start=1):
        base = " ".join(cell.translate(_NO_TEXT).split())[:MAX_NAME_LENGTH] or f"Column {number}"
        name, copy = base, 1
        while name.casefold() in taken:
            copy += 1
            name = f"{base} ({copy})"
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def numbered_columns(count: int) -> tuple[str, ...]:
    return tuple(f"Column {number}" for number in range(1, count + 1))
