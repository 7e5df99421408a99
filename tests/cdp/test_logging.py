"""Log lines: request id and tenant on each, durations, and no personal data whatever happens."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from cdp.log_safety import mask
from cdp.logging import log, logging_settings, task_log
from cdp.request_context import request_context, request_id
from cdp.tenancy.context import tenant_context
from profiles.models import Profile, Tag
from tests.world import World

SECRETS = ("somchai@example.com", "0812345678", "+66 81 234 5678", "Jaidee")
BODY = {"email": SECRETS[0], "phone": SECRETS[1], "name": SECRETS[3]}
Lines = Callable[[], list[dict[str, Any]]]


def raising(request: HttpRequest, how: str) -> HttpResponse:
    if how == "value":
        raise ValueError(f"cannot read {SECRETS}")
    if how == "chain":
        try:
            int(SECRETS[3])
        except ValueError as error:
            raise RuntimeError(f"no number: {SECRETS[3]}") from error
    if how == "integrity":
        for _ in range(2):
            Tag.objects.create(name=SECRETS[3])
    if how == "data":
        Profile.objects.create(name=SECRETS[3] * 100)
    logging.getLogger("somebody").warning("mail to %s failed, call %s", SECRETS[0], SECRETS[2])
    log.info("said", detail={"to": [SECRETS[0]]}, number=SECRETS[2])
    return HttpResponse("fine")


urlpatterns = [path("raise/<str:how>", raising), path("", include("cdp.urls"))]
handler500 = "cdp.views.errors.server_error"
handler404 = "cdp.views.errors.page_not_found"


@pytest.fixture
def output() -> Iterator[io.StringIO]:
    """What a production process would have written."""
    settings = logging_settings(json_lines=True, level="DEBUG")["formatters"]["lines"]
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=settings["foreign_pre_chain"], processors=settings["processors"]
        )
    )
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


@pytest.fixture
def lines(output: io.StringIO) -> Lines:
    return lambda: [json.loads(line) for line in output.getvalue().splitlines()]


@pytest.fixture
def client(world: World, settings: LazySettings) -> Client:
    settings.ROOT_URLCONF = __name__
    browser = world.browser(world.alice)
    browser.raise_request_exception = False
    return browser


def of(lines: Lines, event: str) -> list[dict[str, Any]]:
    return [line for line in lines() if line["event"] == event]


@pytest.mark.conforms("R176")
def test_a_request_is_one_line_with_id_tenant_status_and_duration(
    world: World, client: Client, lines: Lines
) -> None:
    answer = client.get("/raise/nothing", headers={"X-Request-ID": "from-the-proxy-1"})
    [line] = of(lines, "request")
    assert answer["X-Request-ID"] == line["request_id"] == "from-the-proxy-1"
    assert (line["method"], line["route"], line["status"]) == ("GET", "raise/<str:how>", 200)
    assert line["tenant_id"] == str(world.acme.pk)
    assert 0 < line["ms"] < 60_000
    assert {inner["request_id"] for inner in lines()} == {"from-the-proxy-1"}
    assert {inner["tenant_id"] for inner in of(lines, "said")} == {str(world.acme.pk)}


def test_an_api_call_is_logged_with_the_tenant_of_its_key(world: World, client: Client, lines: Lines) -> None:
    api = world.api(world.stranger_key)
    api.raise_request_exception = False
    api.get("/profiles")
    [line] = of(lines, "request")
    assert line["tenant_id"] == str(world.zenith.pk)


@pytest.mark.parametrize("bad", ["x", "a b c d e f g h", "x" * 65, "id\nid2: 12345", "somchai@example.com"])
def test_a_request_id_that_is_no_id_is_replaced(client: Client, bad: str) -> None:
    answer = client.get("/raise/nothing", HTTP_X_REQUEST_ID=bad)
    assert answer["X-Request-ID"] != bad
    assert len(answer["X-Request-ID"]) == 32


def test_health_probes_do_not_fill_the_log(client: Client, lines: Lines) -> None:
    client.get("/healthz")
    assert of(lines, "request") == []


@pytest.mark.parametrize(
    "call",
    [
        lambda client: client.get("/raise/nothing", {"search": SECRETS[0], "phone": SECRETS[2]}),
        lambda client: client.get(f"/customers/{SECRETS[0]}/{SECRETS[3]}"),
        lambda client: client.post("/profiles", BODY, content_type="application/json"),
        lambda client: client.post("/admin/login/", {"username": SECRETS[0], "password": SECRETS[3]}),
        lambda client: client.get("/profiles", headers={"Referer": SECRETS[0], "Host": f"{SECRETS[3]}.com"}),
        lambda client: client.get("/raise/value"),
        lambda client: client.get("/raise/chain"),
        lambda client: client.get("/raise/integrity"),
        lambda client: client.get("/raise/data"),
    ],
    ids=["query", "path", "body", "log-in", "headers", "value error", "chain", "integrity", "data"],
)
def test_nothing_personal_reaches_the_log(
    world: World, client: Client, output: io.StringIO, call: Callable[[Client], Any]
) -> None:
    call(client)
    written = output.getvalue()
    assert written != ""
    for secret in SECRETS:
        assert secret.lower() not in written.lower()


def test_an_unhandled_error_is_logged_once_with_its_place(client: Client, lines: Lines) -> None:
    assert client.get("/raise/chain").status_code == 500
    [line] = of(lines, "unhandled exception")
    assert "builtins.ValueError" in line["exception"]
    assert "builtins.RuntimeError" in line["exception"]
    assert "test_logging.py" in line["exception"]
    assert "in raising" in line["exception"]
    assert line["request_id"] == of(lines, "request")[0]["request_id"]


def test_a_database_error_names_the_constraint_and_not_the_row(client: Client, lines: Lines) -> None:
    client.get("/raise/integrity")
    [line] = of(lines, "unhandled exception")
    assert "23505 public tags tags_name_unique" in line["exception"]


def test_a_not_found_is_no_error(client: Client, lines: Lines) -> None:
    assert client.get("/nowhere").status_code == 404
    assert of(lines, "unhandled exception") == []


def test_a_task_is_one_line_with_its_duration_and_outcome(world: World, lines: Lines) -> None:
    with request_context("the-request"), tenant_context(world.acme):
        with task_log("profiles.tasks.fold", "task-id-1"):
            assert request_id() == "task-id-1"
        assert request_id() == "the-request"
        with pytest.raises(ValueError, match="somchai"), task_log("profiles.tasks.fold", "task-id-2"):
            raise ValueError(SECRETS[0])
        with pytest.raises(KeyError), task_log("profiles.tasks.fold", "task-id-3", harmless=(KeyError,)):
            raise KeyError("again later")
    done, failed, postponed = of(lines, "task")
    assert (done["outcome"], failed["outcome"], postponed["outcome"]) == ("succeeded", "failed", "postponed")
    assert [line["request_id"] for line in (done, failed, postponed)] == [
        "task-id-1",
        "task-id-2",
        "task-id-3",
    ]
    assert done["tenant_id"] == str(world.acme.pk)
    assert "builtins.ValueError" in failed["exception"]
    assert SECRETS[0] not in failed["exception"]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("write to somchai@example.com now", "write to (e-mail) now"),
        ("{'email': 'a.b+c@ex-ample.co.th'}", "{'email': '(e-mail)'}"),
        ("call +66 81 234 5678 or 081-234-5678", "call (number) or (number)"),
        ("card 4111111111111111", "card (number)"),
        ("took 12.5 ms at 10:15:30, 1234 rows", "took 12.5 ms at 10:15:30, 1234 rows"),
        ("row 0198c0de-0000-7000-8000-000000000001", "row 0198c0de-0000-7000-8000-000000000001"),
    ],
)
def test_addresses_and_numbers_are_masked_and_ids_are_not(text: str, masked: str) -> None:
    assert mask(text) == masked
