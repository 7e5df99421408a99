"""Error pages: for people a page, for programs a problem, with the id to ask about."""

from __future__ import annotations

from typing import NoReturn

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from psycopg import errors as pg

from cdp.errors import Conflict
from cdp.views import errors
from cdp.views.refusals import RefusalMiddleware
from tests.world import World

HTML = {"Accept": "text/html"}


@pytest.mark.parametrize(("path", "status"), [("/nothing-here", 404), ("/admin/profiles/tag/?q=%00", 400)])
def test_people_get_a_page_with_the_request_id(world: World, path: str, status: int) -> None:
    answer = world.browser(world.alice).get(path, headers={**HTML, "X-Request-ID": "our-request-1"})
    page = answer.content.decode()
    assert answer.status_code == status
    assert "our-request-1" in page
    assert "Back to the start" in page
    assert "<style" not in page
    assert " style=" not in page


def test_programs_get_a_problem(world: World) -> None:
    answer = world.browser(world.alice).get("/nothing-here", headers={"Accept": "application/json"})
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 404


def test_a_refused_role_gets_a_page(world: World) -> None:
    answer = world.browser(world.bob).get("/admin/cdp/membership/", headers=HTML)
    assert answer.status_code == 403
    assert "Your role does not allow this" in answer.content.decode()


def test_our_own_fault_is_told_without_a_database(rf: RequestFactory) -> None:
    answer = errors.server_error(rf.get("/", headers=HTML))
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.content.decode()


def test_a_refused_verb_of_a_page_is_no_fault_of_ours(rf: RequestFactory) -> None:
    middleware = RefusalMiddleware(lambda _request: errors.server_error(rf.get("/")))
    answer = middleware.process_exception(rf.get("/", headers=HTML), Conflict("Somebody was faster."))
    assert answer is not None
    assert answer.status_code == 409
    assert "Somebody was faster." in answer.content.decode()
    assert middleware.process_exception(rf.get("/"), KeyError("ours")) is None


def let_go(*_args: object, **_said: object) -> NoReturn:
    """Fail as when PostgreSQL ends a deadlock."""
    error = OperationalError("deadlock detected")
    raise error from pg.DeadlockDetected()


def test_who_is_let_go_by_the_database_sends_the_same_form_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {"firstName": "Mali", "address_street": "1 Soi 2\n<b>Ari</b>"}
    client = world.browser(world.alice)
    with monkeypatch.context() as patch:
        patch.setattr("profiles.views.customer.create.create_profile", let_go)
        answer = client.post("/admin/customers/new", {**said, "name": "Mali"}, headers=HTML)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else changed this at the same moment. Try again." in page
    assert 'action="/admin/customers/new"' in page
    assert '<input type="hidden" name="name" value="Mali">' in page
    assert "1 Soi 2\n&lt;b&gt;Ari&lt;/b&gt;" in page
    assert page.count("csrfmiddlewaretoken") == 1


def test_a_password_is_not_written_into_the_page(rf: RequestFactory) -> None:
    middleware = RefusalMiddleware(lambda _request: errors.server_error(rf.get("/")))
    request = rf.post("/admin/reset/x/", {"new_password1": "secret"}, headers=HTML)
    with pytest.raises(OperationalError) as caught:
        let_go()
    answer = middleware.process_exception(request, caught.value)
    assert answer is not None
    assert answer.status_code == 409
    assert "secret" not in answer.content.decode()
    assert middleware.process_exception(request, OperationalError("gone")) is None


def test_a_form_of_the_admin_keeps_what_was_typed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("profiles.admin.tag.create_tag", let_go)
    said = {"name": "Gold", "color": "#112233"}
    answer = world.browser(world.alice).post("/admin/profiles/tag/add/", said)
    form = answer.context["adminform"].form
    assert form.non_field_errors() == ["Somebody else changed this at the same moment. Try again."]
    assert form["name"].value() == "Gold"


def test_a_language_that_is_not_offered_changes_nothing(world: World) -> None:
    client = Client()
    assert client.post("/i18n/setlang/", {"language": "fr", "next": "/admin/login/"}).status_code == 302
    assert '<html lang="en"' in client.get("/admin/login/").content.decode()
