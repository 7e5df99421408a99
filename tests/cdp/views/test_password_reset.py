"""A new password by mail, for its owner alone, and without telling who has an account."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axes.models import AccessAttempt
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from cdp.models import Membership
from cdp.operations.invite_member import invite_member
from cdp.operations.request_password_reset import PER_ADDRESS, PER_EMAIL
from tests.cdp.queue import MINE, own_queue, work_off
from tests.factories.cdp import PASSWORD
from tests.world import World

ASK = "/admin/password_reset/"
NEW = "a brand new secret"


@pytest.fixture(autouse=True)
def _own_queue_and_cache(world: World, settings: LazySettings) -> Iterator[None]:
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": f"test-{MINE}-{uuid.uuid4()}"}}
    with own_queue():
        yield


def ask(email: str, address: str = "198.51.100.7") -> int:
    return Client().post(ASK, {"email": email}, REMOTE_ADDR=address).status_code


def link_in_mail() -> str:
    found = re.search(r"http://testserver(\S+)", str(mail.outbox[-1].body))
    assert found is not None
    return urlsplit(found.group(1)).path


def set_password(client: Client, link: str, password: str = NEW) -> int:
    page = client.get(link, follow=True)
    data = {"new_password1": password, "new_password2": password}
    return client.post(page.request["PATH_INFO"], data).status_code


def test_the_mail_leads_to_a_new_password(world: World) -> None:
    assert ask(" Alice@Example.com ") == 302
    assert work_off() == 1
    assert mail.outbox[0].to == ["alice@example.com"]
    assert set_password(Client(), link_in_mail()) == 302
    assert Client().login(username="alice@example.com", password=NEW, request=Client().get("/").wsgi_request)


def test_a_link_works_once(world: World) -> None:
    ask("alice@example.com")
    work_off()
    link = link_in_mail()
    set_password(Client(), link)
    page = Client().get(link, follow=True)
    assert "does not work any more" in page.content.decode()
    world.alice.refresh_from_db()
    assert world.alice.check_password(NEW)


def test_an_unknown_address_gets_the_same_answer_and_no_mail(world: World) -> None:
    known = Client().post(ASK, {"email": "alice@example.com"})
    unknown = Client().post(ASK, {"email": "nobody@example.com"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert work_off() == 2
    assert [message.to for message in mail.outbox] == [["alice@example.com"]]


def test_a_closed_account_gets_no_mail(world: World) -> None:
    world.bob.is_active = False
    world.bob.save()
    ask("bob@example.com")
    work_off()
    assert mail.outbox == []


def test_one_person_gets_few_mails_and_nobody_sees_the_difference(world: World) -> None:
    answers = {ask("alice@example.com", f"192.0.2.{number}") for number in range(PER_EMAIL + 3)}
    assert answers == {302}
    work_off()
    assert len(mail.outbox) == PER_EMAIL


def test_one_address_asks_a_limited_number_of_times(world: World) -> None:
    answers = [ask(f"nobody{number}@example.com") for number in range(PER_ADDRESS + 1)]
    assert answers == [302] * PER_ADDRESS + [429]
    assert ask("alice@example.com", "203.0.113.5") == 302


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "a\x00@example.com", "x" * 300 + "@example.com"])
def test_what_is_no_address_is_said_on_the_form(world: World, email: str) -> None:
    assert ask(email) == 200
    assert work_off() == 0


@pytest.mark.parametrize(
    "link", ["/admin/reset/x/y/", "/admin/reset/MQ/set-password/", "/admin/reset/%00/%00/"]
)
def test_a_made_up_link_is_refused(world: World, link: str) -> None:
    page = Client().get(link, follow=True)
    assert page.status_code in {200, 404}
    assert "new_password1" not in page.content.decode()


def test_a_weak_password_is_refused(world: World) -> None:
    ask("alice@example.com")
    work_off()
    assert set_password(Client(), link_in_mail(), "password") == 200
    world.alice.refresh_from_db()
    assert world.alice.check_password(PASSWORD)


def test_a_new_password_ends_the_lockout(world: World) -> None:
    for _ in range(5):
        Client().post("/admin/login/", {"username": "alice@example.com", "password": "wrong"})
    ask("alice@example.com")
    work_off()
    set_password(Client(), link_in_mail())
    assert not AccessAttempt.objects.exists()
    answer = Client().post("/admin/login/", {"username": "alice@example.com", "password": NEW})
    assert answer.status_code == 302


def test_an_invited_person_sets_a_password_from_the_mail(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        invite_member(
            tenant=world.acme,
            by=world.by,
            email="new@example.com",
            role="agent",
            site_url="http://testserver",
        )
    assert work_off() == 1
    assert "Acme" in mail.outbox[0].subject
    assert set_password(Client(), link_in_mail()) == 302
    assert Membership.objects.get(user__email="new@example.com").user.check_password(NEW)


def test_an_invited_person_may_ask_for_another_link(world: World) -> None:
    invite_member(tenant=world.acme, by=world.by, email="new@example.com", role="agent")
    ask("new@example.com")
    work_off()
    assert mail.outbox[0].to == ["new@example.com"]
