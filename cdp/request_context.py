"""The id of the request or task that is running, for log lines and audit entries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """Return the running request's or task's id, or an empty string."""
    return _request_id.get()


def set_request_id(value: str) -> None:
    """Name the running request or task."""
    _request_id.set(value)


@contextmanager
def request_context(value: str) -> Iterator[None]:
    """Name what runs in the block, and give the name before it back afterwards."""
    token = _request_id.set(value)
    try:
        yield
    finally:
        _request_id.reset(token)
