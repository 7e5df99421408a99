"""Work that follows a commit and must not undo what the caller was told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

_postponed: ContextVar[dict[str, Callable[[], object]] | None] = ContextVar("postponed", default=None)


def after_commit(work: Callable[..., object], *args: object) -> None:
    """Call ``work`` once the transaction is committed; should it fail, that is logged and the verb stands.

    Whoever uses it names, in a comment, the job that makes up for a failure.
    """

    def call() -> None:
        work(*args)

    # Django names the callback in its log; a partial has no name and would fail there.
    call.__qualname__ = getattr(work, "__qualname__", repr(type(work)))
    transaction.on_commit(call, robust=True)


@contextmanager
def postponing() -> Iterator[None]:
    """Do once, at the end, what many verbs in the block ask for; nothing of it should the block fail."""
    waiting: dict[str, Callable[[], object]] = {}
    token = _postponed.set(waiting)
    try:
        yield
    finally:
        _postponed.reset(token)
    for work in waiting.values():
        work()


def is_postponed(name: str, work: Callable[[], object]) -> bool:
    """Tell whether we are in such a block, which then does the work of that name once, at its end."""
    waiting = _postponed.get()
    if waiting is not None:
        waiting[name] = work
    return waiting is not None
