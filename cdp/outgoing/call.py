"""One request to somebody else's machine, at an address that may be hostile."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx

from cdp.outgoing.addresses import ForbiddenAddress, resolve_public

SECONDS = 10
# Sent along only while the request stays at the host they were meant for.
_SECRET_HEADERS = {"authorization", "cookie", "x-api-key", "proxy-authorization"}


class AnswerTooLarge(Exception):
    """The answer is longer than what was asked for."""


class TooManyRedirects(Exception):
    """The address led on and on."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """What to send. ``redirects`` is how many to follow; every one of them is resolved and judged anew."""

    method: str
    url: str
    headers: Mapping[str, str]
    content: bytes | None = None
    redirects: int = 0
    seconds: float = SECONDS
    secret_headers: frozenset[str] = frozenset()


@contextmanager
def open_call(call: Call, *, allowed: Collection[str] = ()) -> Iterator[httpx.Response]:
    """Send ``call`` and yield the answer, unread.

    Raises ForbiddenAddress, also for a redirect that leads inside, HostNotFound, TooManyRedirects,
    httpx.HTTPError.
    """
    if call.redirects and call.method != "GET":
        raise ValueError("Only a GET may be sent again to another address.")
    url, headers = call.url, {name.lower(): value for name, value in call.headers.items()}
    with httpx.Client(timeout=call.seconds, follow_redirects=False, trust_env=False) as client:
        for _hop in range(call.redirects + 1):
            with _sent(client, call, url, headers, allowed) as answer:
                onward = answer.headers.get("location") if answer.is_redirect else None
                if onward is None or not call.redirects:
                    yield answer
                    return
            url, headers = _onward(url, onward, headers, call.secret_headers)
    raise TooManyRedirects(f"More than {call.redirects} redirects.")


@contextmanager
def _sent(
    client: httpx.Client, call: Call, url: str, headers: Mapping[str, str], allowed: Collection[str]
) -> Iterator[httpx.Response]:
    target = httpx.URL(url).copy_with(host=resolve_public(url, allowed=allowed))
    parts = urlsplit(url)
    with client.stream(
        call.method,
        target,
        content=call.content,
        headers={**headers, "host": parts.netloc},
        extensions={"sni_hostname": parts.hostname},
    ) as answer:
        yield answer


def _onward(
    url: str, location: str, headers: Mapping[str, str], secret: Collection[str]
) -> tuple[str, dict[str, str]]:
    try:
        following = urljoin(url, location)
        before, after = urlsplit(url), urlsplit(following)
        is_same = (before.scheme, before.netloc) == (after.scheme, after.netloc)
    except ValueError as error:
        raise ForbiddenAddress("The address leads on to something that is no address.") from error
    hidden = _SECRET_HEADERS | {name.lower() for name in secret}
    kept = {name: value for name, value in headers.items() if is_same or name not in hidden}
    return following, kept


def read_bounded(answer: httpx.Response, most_bytes: int) -> bytes:
    """Return the whole body, unpacked; raises AnswerTooLarge as soon as it is longer than ``most_bytes``."""
    found = bytearray()
    for piece in answer.iter_bytes():
        found += piece
        if len(found) > most_bytes:
            raise AnswerTooLarge(f"The answer has more than {most_bytes} bytes.")
    return bytes(found)
