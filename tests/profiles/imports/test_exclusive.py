"""One worker per import."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from django.db import DataError, connection, transaction

from cdp.ids import uuid7
from profiles.imports.exclusive import working_alone


def held() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        return int(cursor.fetchone()[0])


def divide_by_zero(*, is_inside: bool) -> None:
    with transaction.atomic() if is_inside else nullcontext(), working_alone(uuid7()) as is_ours:
        assert (is_ours, held()) == (True, 1)
        with nullcontext() if is_inside else transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")


@pytest.mark.django_db(transaction=True)
def test_the_lock_goes_with_the_work() -> None:
    with working_alone(uuid7()) as is_ours:
        assert (is_ours, held()) == (True, 1)
    assert held() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_inside", [True, False])
def test_the_lock_goes_with_work_that_failed_inside_a_transaction_or_around_one(is_inside: bool) -> None:
    with pytest.raises(DataError):
        divide_by_zero(is_inside=is_inside)
    assert held() == 0
