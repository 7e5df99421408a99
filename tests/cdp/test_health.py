"""Probes: alive while the process runs, ready only while it can work; asked of real closed ports."""

from __future__ import annotations

import json
import os
import socket
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.test import Client
from psycopg import sql

from tests.cdp.programs import production, run

ASK = """
import django, json, sys, time
django.setup()
from django.test import Client
client = Client(SERVER_NAME="crm.example.com")
started = time.monotonic()
answers = {path: client.get(path) for path in ("/healthz", "/readyz")}
print(json.dumps({
    "took": time.monotonic() - started,
    **{path: [answer.status_code, answer.json()] for path, answer in answers.items()},
}))
"""


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port of ours that nobody listens on."""
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        yield reserved.getsockname()[1]


def ask(**changes: str) -> dict[str, Any]:
    done = run("-c", ASK, environment=production(**changes))
    assert done.returncode == 0, done.stderr
    answers: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert answers["/healthz"] == [200, {"status": "ok"}]
    return answers


@pytest.mark.conforms("B180")
@pytest.mark.django_db
def test_all_is_well(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json() == {
        "status": "ok",
        "checks": {"database": "ok", "queue": "ok", "migrations": "ok"},
    }


@pytest.mark.django_db
def test_without_a_database_the_process_lives_and_is_not_ready(closed_port: int) -> None:
    url = f"postgresql://crm_app@127.0.0.1:{closed_port}/crm"
    answers = ask(DATABASE_URL=url, DATABASE_OWNER_URL=url)
    status, body = answers["/readyz"]
    assert status == 503
    assert body["checks"] == {"database": "unreachable", "queue": "ok", "migrations": "unknown"}
    assert answers["took"] < 15


@pytest.mark.django_db
def test_without_a_queue_the_process_lives_and_is_not_ready(closed_port: int) -> None:
    answers = ask(REDIS_URL=f"redis://127.0.0.1:{closed_port}/0")
    assert answers["/readyz"][0] == 503
    assert answers["/readyz"][1]["checks"] == {"database": "ok", "queue": "unreachable", "migrations": "ok"}


@pytest.fixture
def empty_database() -> Iterator[str]:
    """A database nobody has migrated; its name."""
    name = f"empty_{uuid.uuid4().hex}"
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield name
        owner.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.mark.django_db
def test_a_database_nobody_migrated_is_not_ready(empty_database: str) -> None:
    answers = ask(DATABASE_URL=urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=empty_database)))
    assert answers["/readyz"][0] == 503
    assert answers["/readyz"][1]["checks"]["migrations"] == "pending"


@pytest.mark.django_db
def test_probes_are_answered_without_https_and_say_nothing_more(client: Client) -> None:
    for path in ("/healthz", "/readyz"):
        answer = client.get(path)
        assert set(answer.json()) <= {"status", "checks"}
        assert client.post(path).status_code in {200, 403, 405}
