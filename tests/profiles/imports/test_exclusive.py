"""One worker per import."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DataError, connection, transaction

from cdp.ids import uuid7
from profiles.imports.exclusive import working_alone


def held() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        return int(cursor.fetchone()[0])


def fail_inside_a_transaction() -> None:
    with transaction.atomic(), working_alone(uuid7()) as is_ours, connection.cursor() as cursor:
        assert (is_ours, held()) == (True, 1)
        cursor.execute("SELECT 1 / 0")


def fail_around_a_transaction() -> None:
    with working_alone(uuid7()) as is_ours:
        assert (is_ours, held()) == (True, 1)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")


@pytest.mark.django_db(transaction=True)
def test_the_lock_goes_with_the_work() -> None:
    with working_alone(uuid7()) as is_ours:
        assert (is_ours, held()) == (True, 1)
    assert held() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("work", [fail_inside_a_transaction, fail_around_a_transaction])
def test_the_lock_goes_with_work_that_failed(work: Callable[[], None]) -> None:
    with pytest.raises(DataError):
        work()
    assert held() == 0
