"""One request to somebody else's machine, at an address that may be hostile."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx
import idna
from django.utils.translation import gettext as _

from cdp.outgoing.addresses import ForbiddenAddress, resolve_public

SECONDS = 10
# The whole of a call, every hop and the reading of the answer: a receiver that sends one byte every few
# seconds stays within each single limit for ever.
MOST_SECONDS = 60
# Sent along only while the request stays at the host they were meant for.
_SECRET_HEADERS = {"authorization", "cookie", "x-api-key", "proxy-authorization"}

# Where an answer keeps when its call must be over.
_UNTIL = "call_until"


class AnswerTooLarge(Exception):
    """The answer is longer than what was asked for."""


class TooManyRedirects(Exception):
    """The address led on and on."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """What to send. ``redirects`` is how many to follow; every one of them is resolved and judged anew.

    ``seconds`` is the longest wait for the other side at any one time, ``in_all`` for everything together.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    content: bytes | None = None
    redirects: int = 0
    seconds: float = SECONDS
    in_all: float = MOST_SECONDS
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
    until = time.monotonic() + call.in_all
    with httpx.Client(timeout=call.seconds, follow_redirects=False, trust_env=False) as client:
        for _hop in range(call.redirects + 1):
            with _sent(client, call, url, headers, allowed, until) as answer:
                onward = answer.headers.get("location") if answer.is_redirect else None
                if onward is None or not call.redirects:
                    answer.extensions[_UNTIL] = until
                    yield answer
                    return
            url, headers = _onward(url, onward, headers, call.secret_headers)
    raise TooManyRedirects(f"More than {call.redirects} redirects.")


@contextmanager
def _sent(
    client: httpx.Client,
    call: Call,
    url: str,
    headers: Mapping[str, str],
    allowed: Collection[str],
    until: float,
) -> Iterator[httpx.Response]:
    named = _in_ascii(url)
    parts = urlsplit(named)
    try:
        target = httpx.URL(named).copy_with(host=resolve_public(named, allowed=_names(allowed)))
    except httpx.InvalidURL as error:
        raise ForbiddenAddress(_("Use an address such as https://example.com/hook.")) from error
    with client.stream(
        call.method,
        target,
        content=call.content,
        headers={**headers, "host": parts.netloc},
        extensions={"sni_hostname": parts.hostname},
        timeout=min(call.seconds, _left(until)),
    ) as answer:
        yield answer


def _in_ascii(url: str) -> str:
    """Return ``url`` with its host as DNS, TLS and HTTP know it; raises ForbiddenAddress."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if host.isascii() or parts.username or parts.password:
            return url
        known = _host_in_ascii(host)
        return parts._replace(netloc=known if parts.port is None else f"{known}:{parts.port}").geturl()
    except ValueError as error:
        raise ForbiddenAddress(_("Use an address such as https://example.com/hook.")) from error


def _names(allowed: Collection[str]) -> set[str]:
    """Return the allowed names as DNS knows them; one that is no name allows nothing."""
    found = set()
    for name in allowed:
        with suppress(UnicodeError):
            found.add(_host_in_ascii(name))
    return found


def _host_in_ascii(host: str) -> str:
    return host if host.isascii() else idna.encode(host, uts46=True).decode("ascii")


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise httpx.ReadTimeout("The other side took too long in all.")
    return left


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
    """Return the whole body, unpacked; raises AnswerTooLarge as soon as it is longer than ``most_bytes``.

    Raises httpx.ReadTimeout when the call as a whole takes too long.
    """
    found, until = bytearray(), answer.extensions.get(_UNTIL)
    for piece in answer.iter_bytes():
        if until is not None:
            _left(until)
        found += piece
        if len(found) > most_bytes:
            raise AnswerTooLarge(f"The answer has more than {most_bytes} bytes.")
    return bytes(found)
