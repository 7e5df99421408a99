"""Logging in by e-mail, and what happens to somebody who guesses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from axes.models import AccessAttempt
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from tests.factories.cdp import PASSWORD
from tests.world import World

LOGIN = "/admin/login/"
HTML = {"Accept": "text/html"}
START = datetime(2026, 5, 6, 7, 8, tzinfo=UTC)


def attempt(client: Client, email: str, password: str = "wrong", address: str = "198.51.100.7") -> Any:
    return client.post(LOGIN, {"username": email, "password": password}, REMOTE_ADDR=address)


@pytest.mark.parametrize("email", ["alice@example.com", "ALICE@Example.com", "  alice@example.com "])
def test_the_email_address_opens_whatever_its_case(world: World, email: str) -> None:
    client = Client()
    answer = attempt(client, email, PASSWORD)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/admin/").status_code == 200


def test_a_wrong_password_and_an_unknown_address_look_the_same(world: World) -> None:
    world.bob.is_active = False
    world.bob.save()
    pages = [
        attempt(Client(), email).content.decode().split("</form>")[0].replace(email, "")
        for email in ("alice@example.com", "nobody@example.com", "bob@example.com")
    ]
    texts = [page[page.index("errornote") :].split("csrfmiddlewaretoken")[0] for page in pages]
    assert texts[0] == texts[1] == texts[2]
    assert "do not belong together" in texts[0]


@pytest.mark.parametrize("email", ["alice@example.com", "nobody@example.com"])
def test_five_failures_close_the_door_for_fifteen_minutes(world: World, email: str) -> None:
    with time_machine.travel(START, tick=False) as clock:
        answers = [attempt(Client(), email) for _ in range(4)]
        assert {answer.status_code for answer in answers} == {200}
        fifth = attempt(Client(), email)
        assert (fifth.status_code, fifth["Retry-After"]) == (429, "900")
        assert "15 minutes" in fifth.content.decode()
        assert attempt(Client(), email, PASSWORD).status_code == 429
        clock.shift(timedelta(minutes=16))
        late = attempt(Client(), email, PASSWORD)
        assert late.status_code == (302 if email == "alice@example.com" else 200)


def test_another_spelling_opens_no_new_count(world: World) -> None:
    for email in ("alice@example.com", "Alice@example.com", "ALICE@example.com", " alice@EXAMPLE.com"):
        attempt(Client(), email)
    assert attempt(Client(), "aLiCe@example.com").status_code == 429


def test_the_lockout_holds_for_one_address_and_one_person(world: World) -> None:
    for _ in range(5):
        attempt(Client(), "alice@example.com")
    assert attempt(Client(), "alice@example.com", PASSWORD, address="203.0.113.9").status_code == 302
    assert attempt(Client(), "bob@example.com", PASSWORD).status_code == 302


def test_a_made_up_proxy_header_opens_no_new_count(world: World) -> None:
    for number in range(5):
        data = {"username": "alice@example.com", "password": "wrong"}
        answer = Client().post(LOGIN, data, HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")
    assert answer.status_code == 429
    assert AccessAttempt.objects.get().ip_address == "127.0.0.1"


def test_behind_a_proxy_the_address_is_the_one_it_saw(world: World, settings: LazySettings) -> None:
    settings.AXES_IPWARE_PROXY_COUNT = 1
    for number in range(5):
        header = f"192.0.2.{number}, 198.51.100.7"
        data = {"username": "alice@example.com", "password": "wrong"}
        answer = Client().post(LOGIN, data, HTTP_X_FORWARDED_FOR=header)
    assert answer.status_code == 429
    assert AccessAttempt.objects.get().ip_address == "198.51.100.7"


def test_logging_in_goes_on_to_where_one_was_going(world: World) -> None:
    client = Client()
    answer = client.get("/admin/profiles/tag/")
    assert answer["Location"] == "/admin/login/?next=/admin/profiles/tag/"
    data = {"username": "alice@example.com", "password": PASSWORD, "next": "/admin/profiles/tag/"}
    assert client.post(LOGIN, data)["Location"] == "/admin/profiles/tag/"


def test_logging_in_never_leads_off_the_site(world: World) -> None:
    data = {"username": "alice@example.com", "password": PASSWORD, "next": "https://evil.example/"}
    assert Client().post(LOGIN, data)["Location"].startswith("/")


def test_logging_out_ends_the_session(world: World) -> None:
    client = world.browser(world.alice)
    assert client.post("/admin/logout/").status_code == 200
    assert client.get("/admin/").status_code == 302


def test_the_session_has_a_new_key_after_logging_in(world: World) -> None:
    client = Client()
    client.get(LOGIN)
    client.session.save()
    before = client.session.session_key
    attempt(client, "alice@example.com", PASSWORD)
    assert client.session.session_key != before


def test_a_person_changes_their_own_password(world: World) -> None:
    client = world.browser(world.bob)
    new = "another long secret"
    data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post(reverse("admin:password_change"), data).status_code == 302
    assert attempt(Client(), "bob@example.com", new).status_code == 302


def test_a_post_without_its_token_is_a_page_that_says_so(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(LOGIN, {"username": "alice@example.com", "password": PASSWORD}, headers=HTML)
    assert answer.status_code == 403
    assert "expired" in answer.content.decode()
