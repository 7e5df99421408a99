"""Settings refuse what would be unsafe or unclear, in a sentence that names the variable."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from cdp.environment import database, flag, number
from tests.cdp.programs import production, run

LOAD = "import cdp.settings; print(cdp.settings.ALLOWED_HOSTS)"


@pytest.mark.django_db
def test_a_sound_environment_is_accepted() -> None:
    done = run("-c", LOAD, environment=production())
    assert done.returncode == 0, done.stderr
    assert "crm.example.com" in done.stdout


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"SECRET_KEY": None}, "Set SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY must have at least 50 characters"),
        ({"SECRET_KEY": "ab" * 40}, "SECRET_KEY must have at least 50 characters"),
        ({"ALLOWED_HOSTS": None}, "Set ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": " , "}, "Set ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "Set ALLOWED_HOSTS"),
        ({"DEBUG": "yes"}, "DEBUG shows secrets"),
        ({"DEBUG": "perhaps"}, "DEBUG must be yes or no"),
        ({"REDIS_URL": None}, "Set REDIS_URL"),
        ({"REDIS_URL": "localhost:6379"}, "REDIS_URL must start with redis://"),
        ({"DATABASE_URL": "mysql://crm_app@localhost/crm"}, "DATABASE_URL must start with postgresql://"),
        ({"DATABASE_URL": "postgresql://localhost"}, "DATABASE_URL must name a user and a database"),
        ({"DATABASE_URL": "postgresql://a@localhost:no/b"}, "DATABASE_URL has a port that is no number"),
        (
            {"DATABASE_URL": "postgresql://crm_app@localhost/crm?assume_role=postgres"},
            "DATABASE_URL has options PostgreSQL does not know: assume_role",
        ),
        ({"DATABASE_OWNER_URL": "postgresql://crm_owner@localhost/other"}, "must name the same database"),
        ({"DATABASE_POOL_SIZE": "many"}, "DATABASE_POOL_SIZE must be a whole number"),
        ({"DATABASE_POOL_SIZE": "100000"}, "DATABASE_POOL_SIZE must be between 1 and 200"),
        ({"PROXY_COUNT": "-1"}, "PROXY_COUNT must be between 0 and 10"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL must be one of"),
    ],
    ids=str,
)
def test_a_bad_environment_is_refused(changes: dict[str, str | None], complaint: str) -> None:
    done = run("-c", LOAD, environment=production(**changes))
    assert done.returncode != 0
    last_line = done.stderr.strip().splitlines()[-1]
    assert last_line.startswith("django.core.exceptions.ImproperlyConfigured:")
    assert complaint in last_line


def test_values_are_never_repeated_where_they_could_be_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        database("DATABASE_URL", "postgresql://crm_app:hunter2@localhost:port/crm")
    assert "hunter2" not in str(refused.value)


def test_readers_take_what_people_write(monkeypatch: pytest.MonkeyPatch) -> None:
    for written, meant in (("Yes", True), ("1", True), ("off", False), ("", False)):
        monkeypatch.setenv("SOME_FLAG", written)
        assert flag("SOME_FLAG", default=not meant) is meant
    monkeypatch.setenv("SOME_NUMBER", " 7 ")
    assert number("SOME_NUMBER", 1) == 7


def test_a_database_address_may_name_a_socket_and_hold_a_quoted_password() -> None:
    found = database("DATABASE_URL", "postgresql://crm%40app:p%2Fw@/crm?host=/run/pg&sslmode=require")
    assert (found["HOST"], found["USER"], found["PASSWORD"]) == ("/run/pg", "crm@app", "p/w")
    assert found["OPTIONS"] == {"sslmode": "require"}
