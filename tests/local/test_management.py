"""manage.py brings the servers up for the commands that need them, and only for those."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cdp.local.database import APP, OWNER
from cdp.local.management import needs_servers
from cdp.local.postgres import PostgresServer

ROOT = Path(__file__).resolve().parents[2]
SETUP = [sys.executable, "manage.py", "setup_database"]


@pytest.mark.parametrize(
    ("line", "needed"),
    [
        ("migrate", True),
        ("shell", True),
        ("a_command_nobody_listed", True),
        ("makemigrations --check", True),
        ("check", False),
        ("check --deploy", False),
        ("spectacular --file x.yaml", False),
        ("help migrate", False),
        ("migrate --help", False),
        ("--version", False),
        ("", False),
    ],
)
def test_servers_are_started_only_for_commands_that_may_ask_them(line: str, needed: bool) -> None:
    assert needs_servers(line.split()) is needed


def run_setup(server: PostgresServer, **changed: str) -> subprocess.CompletedProcess[str]:
    addresses = {
        "DATABASE_URL": server.url(APP, "crm"),
        "DATABASE_OWNER_URL": server.url(OWNER, "crm"),
        "DATABASE_SUPERUSER_URL": server.url("postgres", "crm"),
    }
    environment = {**os.environ, **addresses, **changed}
    return subprocess.run(SETUP, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_setting_up_the_database_can_be_repeated(server: PostgresServer) -> None:
    for _ in range(2):
        done = run_setup(server)
        assert done.returncode == 0, done.stderr
        assert done.stdout == "Roles and database crm are ready.\n"


@pytest.mark.parametrize(
    ("variable", "user", "sentence"),
    [
        ("DATABASE_SUPERUSER_URL", "", "Set DATABASE_SUPERUSER_URL"),
        ("DATABASE_SUPERUSER_URL", "nobody_we_know", "The database was not set up"),
        ("DATABASE_SUPERUSER_URL", OWNER, "needs a superuser's connection"),
        ("DATABASE_URL", OWNER, "DATABASE_URL must log in as crm_app"),
    ],
)
def test_a_setup_that_cannot_work_says_why(
    server: PostgresServer, variable: str, user: str, sentence: str
) -> None:
    done = run_setup(server, **{variable: server.url(user, "crm") if user else ""})
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
