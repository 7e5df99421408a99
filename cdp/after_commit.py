"""Work that follows a commit and must not undo what the caller was told."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction


def after_commit(work: Callable[..., object], *args: object) -> None:
    """Call ``work`` once the transaction is committed; should it fail, that is logged and the verb stands.

    Whoever uses it names, in a comment, the job that makes up for a failure.
    """

    def call() -> None:
        work(*args)

    # Django names the callback in its log; a partial has no name and would fail there.
    call.__qualname__ = getattr(work, "__qualname__", repr(type(work)))
    transaction.on_commit(call, robust=True)
