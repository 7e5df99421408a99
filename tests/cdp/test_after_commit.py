"""What follows a commit."""

from __future__ import annotations

import functools
import logging

import pytest
from django.db import transaction

from cdp.after_commit import after_commit, is_postponed, postponing


def _fail(reason: str) -> None:
    raise ConnectionError(reason)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("work", [_fail, functools.partial(_fail)], ids=["a function", "a partial"])
def test_what_fails_after_the_commit_is_logged_and_the_rest_still_comes(
    work: functools.partial[None], caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[str] = []
    with caplog.at_level(logging.ERROR, "django.db.backends.base"), transaction.atomic():
        after_commit(work, "the queue is down")
        after_commit(seen.append, "came")
    assert seen == ["came"]
    assert "the queue is down" in caplog.text


def test_what_many_verbs_ask_for_is_done_once_at_the_end() -> None:
    seen: list[str] = []
    with postponing():
        for text in ("first", "second"):
            assert is_postponed("one thing", functools.partial(seen.append, text))
        assert is_postponed("another", functools.partial(seen.append, "other"))
        assert seen == []
    assert seen == ["second", "other"]
    assert not is_postponed("one thing", functools.partial(seen.append, "third"))


def test_nothing_is_done_at_the_end_of_what_failed() -> None:
    seen: list[str] = []

    def fail_half_way() -> None:
        with postponing():
            is_postponed("one thing", functools.partial(seen.append, "first"))
            _fail("half way")

    with pytest.raises(ConnectionError):
        fail_half_way()
    assert seen == []
