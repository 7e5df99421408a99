"""Every hop of a call is judged like the first, and tells strangers nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx
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


def test_a_host_in_another_script_is_called_by_its_name_in_dns(
    second: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[str]()

    def find(host: str, port: int, *_a: object, **_n: object) -> list[object]:
        asked.append(host)
        return [(2, 1, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr("cdp.outgoing.addresses.socket.getaddrinfo", find)
    url = f"http://bücher.example:{second.port}/straße"
    with open_call(Call(method="POST", url=url, headers={}), allowed={"bücher.example"}) as answer:
        assert answer.status_code == 200
    assert asked[0] == "xn--bcher-kva.example"
    assert second.taken[0][0]["host"] == f"xn--bcher-kva.example:{second.port}"


@pytest.mark.parametrize(
    "url", ["http://example.com/\x7f", "http://ü..example/", "http://example.com:99999/"]
)
def test_what_is_no_address_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "cdp.outgoing.addresses.socket.getaddrinfo", lambda *_a, **_n: [(2, 1, 6, "", ("93.184.216.34", 80))]
    )
    with pytest.raises(ForbiddenAddress), open_call(Call(method="POST", url=url, headers={})):
        pass


def test_an_answer_that_never_ends_is_left(second: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    call = Call(method="GET", url=second.url, headers={}, in_all=5)
    with open_call(call, allowed=ALLOWED) as answer:
        later = time.monotonic() + 6
        monkeypatch.setattr("cdp.outgoing.call.time.monotonic", lambda: later)
        with pytest.raises(httpx.ReadTimeout):
            read_bounded(answer, 100)
