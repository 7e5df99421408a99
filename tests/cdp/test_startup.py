"""No process serves anybody while row security would not hold it, or while a wall is missing."""

from __future__ import annotations

import os
import socket

import pytest
from django.db import connection

from cdp.postgresql.base import DatabaseWrapper
from cdp.tenancy.startup import faults
from tests.cdp.programs import on_test_database, production, run

PROGRAMS = {
    "web": ("-c", "import cdp.wsgi; print('serving')"),
    "worker": ("-m", "celery", "-A", "cdp", "worker", "--pool", "solo", "--without-mingle"),
    "beat": ("-m", "celery", "-A", "cdp", "beat", "--pidfile="),
}
WEB = PROGRAMS["web"]


@pytest.mark.django_db
def test_the_web_process_starts_as_the_runtime_role() -> None:
    done = run(*WEB, environment=production())
    assert (done.returncode, done.stdout) == (0, "serving\n"), done.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS.keys())
@pytest.mark.parametrize(
    ("variable", "complaint"),
    [
        (
            "DATABASE_SUPERUSER_URL",
            "The database role postgres is a superuser, so row security does not hold it.",
        ),
        ("DATABASE_OWNER_URL", "The database role crm_owner owns the tables (as crm_owner)"),
    ],
)
def test_a_role_above_the_walls_is_refused(program: tuple[str, ...], variable: str, complaint: str) -> None:
    done = run(*program, environment=production(DATABASE_URL=on_test_database(os.environ[variable])))
    assert done.returncode != 0
    assert complaint in done.stderr
    assert "Let DATABASE_URL log in as the runtime role (crm_app)" in done.stderr
    assert "serving" not in done.stdout


@pytest.mark.django_db
def test_without_a_database_nothing_is_taken_for_granted() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        url = f"postgresql://crm_app@127.0.0.1:{reserved.getsockname()[1]}/crm"
        done = run(*WEB, environment=production(DATABASE_URL=url))
    assert done.returncode != 0
    assert "Nobody can tell whether tenants are kept apart" in done.stderr


def test_a_missing_wall_is_a_fault(owner: DatabaseWrapper) -> None:
    owners_own = list(faults(owner))
    assert len(owners_own) == 1
    with owner.cursor() as cursor:
        cursor.execute("DROP POLICY tenant_wall ON tags")
    [_, gap] = faults(owner)
    assert gap.startswith("The walls between tenants have 1 gaps, the first: CREATE POLICY tenant_wall ON")
    assert "manage.py migrate" in gap


@pytest.mark.django_db
def test_the_runtime_role_has_no_fault() -> None:
    assert list(faults(connection)) == []


@pytest.mark.django_db
def test_check_deploy_asks_the_database_too() -> None:
    command = ("manage.py", "check", "--deploy", "--database", "default")
    sound = run(*command, environment=production())
    assert sound.returncode == 0, sound.stderr
    superuser = on_test_database(os.environ["DATABASE_SUPERUSER_URL"])
    refused = run(*command, environment=production(DATABASE_URL=superuser))
    assert refused.returncode != 0
    assert "(cdp.E010) The database role postgres is a superuser" in refused.stderr
