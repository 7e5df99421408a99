"""Every hop of a call is judged like the first, and tells strangers nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cdp.outgoing.addresses import ForbiddenAddress
from cdp.outgoing.call import AnswerTooLarge, Call, TooManyRedirects, open_call, read_bounded
from tests.receiver import Receiver, listening

ALLOWED = {"127.0.0.1"}
KEY = {"Authorization": "Bearer secret", "X-Shop-Key": "secret", "Accept": "text/csv"}


@pytest.fixture
def first() -> Iterator[Receiver]:
    with listening() as receiver:
        yield receiver


@pytest.fixture
def second() -> Iterator[Receiver]:
    with listening() as receiver:
        receiver.answer, receiver.body = 200, b"rows"
        yield receiver


def fetch(receiver: Receiver, redirects: int, most_bytes: int = 100) -> bytes:
    call = Call(
        method="GET",
        url=receiver.url,
        headers=KEY,
        redirects=redirects,
        secret_headers=frozenset({"X-Shop-Key"}),
    )
    with open_call(call, allowed=ALLOWED) as answer:
        return read_bounded(answer, most_bytes)


def test_a_redirect_is_followed_and_keys_stay_behind(first: Receiver, second: Receiver) -> None:
    first.answer, first.onward = 302, second.url
    assert fetch(first, redirects=1) == b"rows"
    [(told_first, _)], [(told_second, _)] = first.taken, second.taken
    assert told_first["authorization"] == "Bearer secret"
    assert told_second["accept"] == "text/csv"
    assert not {"authorization", "x-shop-key"} & set(told_second)


@pytest.mark.parametrize(
    "inside", ["http://localhost:{port}/", "http://169.254.169.254/", "file:///etc/passwd"]
)
def test_a_redirect_inside_is_refused(first: Receiver, second: Receiver, inside: str) -> None:
    first.answer, first.onward = 302, inside.format(port=second.port)
    with pytest.raises(ForbiddenAddress):
        fetch(first, redirects=3)
    assert second.taken == []


def test_going_in_circles_ends(first: Receiver) -> None:
    first.answer, first.onward = 302, first.url
    with pytest.raises(TooManyRedirects):
        fetch(first, redirects=2)
    assert len(first.taken) == 3


def test_without_redirects_the_answer_is_the_redirect(first: Receiver) -> None:
    first.answer = 302
    with open_call(Call(method="POST", url=first.url, headers={}), allowed=ALLOWED) as answer:
        assert answer.status_code == 302
    with (
        pytest.raises(ValueError, match="Only a GET"),
        open_call(Call(method="POST", url=first.url, headers={}, redirects=1), allowed=ALLOWED),
    ):
        pass


def test_a_long_answer_is_cut_off(second: Receiver) -> None:
    with pytest.raises(AnswerTooLarge):
        fetch(second, redirects=0, most_bytes=3)
