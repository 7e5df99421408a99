"""A lost cache costs work, and no page; asked of a real closed port."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from cdp import recall
from profiles.recent import opened_lately
from tests.factories.profiles import ProfileFactory
from tests.world import World


@pytest.fixture(autouse=True)
def _afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recall, "_left_alone_until", 0.0)


@pytest.fixture
def lost_cache(settings: LazySettings) -> Iterator[None]:
    """A cache at a port of ours that nobody listens on."""
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        address = f"redis://127.0.0.1:{reserved.getsockname()[1]}/0"
        settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": address}}
        yield


@pytest.mark.usefixtures("acme", "lost_cache")
def test_pages_come_without_the_cache(world: World) -> None:
    person = ProfileFactory(name="Somchai")
    alice = world.browser(world.alice)
    for address in (
        f"/admin/customers/{person.pk}",
        "/admin/customers/cdm",
        "/admin/search/?extended=1&s=",
        "/admin/crm/numbers",
        "/admin/crm/agent-dashboard",
        "/admin/review",
    ):
        answer = alice.get(address, follow=True)
        assert answer.status_code == 200, address
    assert opened_lately(world.acme.memberships.get(user=world.alice)) == []


@pytest.mark.usefixtures("lost_cache")
def test_a_cache_that_does_not_answer_is_left_alone_for_a_while(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    there = {**settings.CACHES["default"], "LOCATION": settings.REDIS_URL}
    caplog.set_level("INFO", logger="cdp")
    assert recall.recall_or("number", lambda: 7, seconds=60) == 7
    settings.CACHES = {"default": there}  # it is back
    recall.keep("number", 8, 60)
    assert recall.recall("number") is None, "nobody asks it so soon"
    monkeypatch.setattr(recall, "_left_alone_until", time.monotonic())
    recall.keep("number", 8, 60)
    assert recall.recall("number") == 8
    events = [told["event"] for record in caplog.records if isinstance(told := record.msg, dict)]
    assert events == ["the cache does not answer", "the cache answers again"]


def test_what_is_kept_is_not_made_again() -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return 7

    assert [recall.recall_or("number", make, seconds=60) for _ in range(2)] == [7, 7]
    assert len(made) == 1
    recall.forget("number")
    recall.recall_or("number", make, seconds=60)
    assert len(made) == 2
