"""Keeps personal data out of log lines.

Exceptions are told by type and place; their messages only where they speak of code, because most others
quote the value that was wrong, and PostgreSQL quotes the whole row.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import Error as DatabaseFault
from django.db.transaction import TransactionManagementError
from psycopg import Error as PostgresFault

from cdp.tenancy.context import NoActiveTenant

# Their messages name classes, attributes and settings, never a row's values.
SPEAKS_OF_CODE = (
    AttributeError,
    ImportError,
    ImproperlyConfigured,
    NameError,
    NoActiveTenant,
    NotImplementedError,
    RecursionError,
    TransactionManagementError,
    TypeError,
)
_EMAIL = re.compile(r"[^\s\"'<>=(),;:/\[\]]+@[^\s\"'<>(),;:/\[\]]+")
# Seven digits or more, however grouped, that are no part of an id, a number with a fraction, or a word.
_PHONE = re.compile(r"(?<![\w.:-])\+?\(?\d(?:[ ().-]{0,2}\d){6,}(?![\w:-])")
# Written by ourselves, and full of digits.
OURS = frozenset({"request_id", "tenant_id", "timestamp", "level", "logger", "task_id", "ms"})
_LONGEST_CHAIN = 10


def mask(text: str) -> str:
    """Replace what looks like an e-mail address or a phone number."""
    return _PHONE.sub("(number)", _EMAIL.sub("(e-mail)", text))


def mask_event(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Mask every text of a log line that we did not make ourselves (a structlog processor)."""
    return {name: value if name in OURS else _masked(value) for name, value in event.items()}


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {mask(str(key)): _masked(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_masked(item) for item in value]
    return value if value is None or isinstance(value, (bool, int, float)) else mask(str(value))


def describe_exception(
    exc_info: tuple[type[BaseException] | None, BaseException | None, TracebackType | None],
) -> str:
    """Return the chain of exceptions, the first cause first: frames and types (for structlog's formatter)."""
    error = exc_info[1]
    if error is None:
        return ""
    return "\n".join(_lines(error))


def _lines(error: BaseException) -> Iterator[str]:
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in chain and len(chain) < _LONGEST_CHAIN:
        chain.append(current)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    for link in reversed(chain):
        for frame in traceback.extract_tb(link.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
        yield _headline(link)


def _headline(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, SPEAKS_OF_CODE):
        return f"{name}: {error}"
    fault = error.__cause__ if isinstance(error, DatabaseFault) else error
    if isinstance(fault, PostgresFault):
        diag = fault.diag
        parts = (diag.sqlstate, diag.schema_name, diag.table_name, diag.column_name, diag.constraint_name)
        return f"{name}: {' '.join(part for part in parts if part)}"
    if isinstance(error, OSError):
        return f"{name}: {error.strerror or ''}"
    return name
