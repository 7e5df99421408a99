"""``app.tenant_id`` of a connection equals the active tenant, whatever happened to it before."""

from __future__ import annotations

import contextlib
import copy
import random
import threading
import uuid
from collections.abc import Iterator

import pytest
from django.db import Error, IntegrityError, InternalError, connection, connections, transaction

from cdp.postgresql.base import DatabaseWrapper
from cdp.tenancy.context import active_tenant_id, tenant_context

A, B = uuid.uuid4(), uuid.uuid4()
SETTING = "SELECT current_setting('app.tenant_id', true)"
BROKEN_KEY = (
    "INSERT INTO tags (id, tenant_id, name, color, created_at, updated_at, created_by, updated_by)"
    " VALUES (gen_random_uuid(), current_setting('app.tenant_id')::uuid, gen_random_uuid(), '#000000',"
    " now(), now(), '', '')"
)


def setting(alias: str = "default") -> str:
    with connections[alias].cursor() as cursor:
        cursor.execute(SETTING)
        [value] = cursor.fetchone()
    return str(value)


def is_in_step(alias: str) -> bool:
    return setting(alias) == str(active_tenant_id() or "")


@pytest.mark.django_db
def test_it_follows_the_context_in_and_out() -> None:
    assert setting() == ""
    with tenant_context(A):
        assert setting() == str(A)
        with tenant_context(B), transaction.atomic():
            assert setting() == str(B)
        assert setting() == str(A)
        with tenant_context(None):
            assert setting() == ""
    assert setting() == ""


@pytest.mark.django_db
def test_it_survives_a_savepoint_that_is_rolled_back() -> None:
    with tenant_context(A):
        savepoint = transaction.savepoint()
        with tenant_context(B):
            assert setting() == str(B)
            transaction.savepoint_rollback(savepoint)
            # The setting went back to A with the savepoint; the context is still B.
            assert setting() == str(B)
        with contextlib.suppress(ZeroDivisionError), transaction.atomic():
            with tenant_context(B):
                assert setting() == str(B)
            raise ZeroDivisionError
        assert setting() == str(A)


def _fail_inside(tenant_id: uuid.UUID) -> None:
    with tenant_context(tenant_id), connection.cursor() as cursor:
        cursor.execute("SELECT 1/0")


@pytest.mark.django_db
def test_it_survives_an_error_of_the_database() -> None:
    with tenant_context(A), contextlib.suppress(Error), transaction.atomic():
        _fail_inside(B)
    with tenant_context(B):
        assert setting() == str(B)


@pytest.mark.django_db
def test_in_a_failed_transaction_the_first_error_is_the_one_reported() -> None:
    with pytest.raises(Error, match="division by zero"), transaction.atomic(), tenant_context(A):
        _fail_inside(B)


@pytest.fixture
def pooled(db: None) -> Iterator[str]:
    """The alias of connections from a pool of two; each thread has its own wrapper."""
    yield "pooled"
    _wrapper("pooled").close_pool()
    connections["pooled"].close()
    del connections["pooled"]


def _wrapper(alias: str) -> DatabaseWrapper:
    settings = copy.deepcopy(connections["default"].settings_dict)
    settings["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 2, "timeout": 30}
    connections[alias] = DatabaseWrapper(settings, alias=alias)
    wrapper = connections[alias]
    assert isinstance(wrapper, DatabaseWrapper)
    return wrapper


def test_a_connection_comes_back_from_the_pool_without_its_tenant(pooled: str) -> None:
    wrapper = _wrapper(pooled)
    with tenant_context(A):
        assert is_in_step(pooled)
    wrapper.close()
    assert is_in_step(pooled)
    with tenant_context(B):
        assert is_in_step(pooled)


def test_a_transaction_that_is_rolled_back_forgets(pooled: str) -> None:
    wrapper = _wrapper(pooled)
    with tenant_context(A):
        assert is_in_step(pooled)
    with tenant_context(B):
        with contextlib.suppress(ZeroDivisionError), transaction.atomic(using=pooled):
            assert is_in_step(pooled)
            raise ZeroDivisionError
        assert is_in_step(pooled)
    wrapper.close()


def test_a_connection_given_back_in_the_middle_of_a_transaction_forgets(pooled: str) -> None:
    wrapper = _wrapper(pooled)
    with tenant_context(A):
        assert is_in_step(pooled)
    with contextlib.suppress(Error), transaction.atomic(using=pooled), tenant_context(B):
        assert is_in_step(pooled)
        wrapper.close()
    wrapper.close()
    for tenant in (B, A, None, B):
        with tenant_context(tenant):
            assert is_in_step(pooled)
            wrapper.close()


def test_a_commit_that_fails_forgets(pooled: str) -> None:
    wrapper = _wrapper(pooled)
    with tenant_context(A):
        assert is_in_step(pooled)
    wrapper.set_autocommit(False)
    with tenant_context(B):
        with wrapper.cursor() as cursor:
            cursor.execute(BROKEN_KEY)
        with pytest.raises(IntegrityError):
            wrapper.commit()
        assert is_in_step(pooled)
    wrapper.rollback()
    wrapper.set_autocommit(True)
    wrapper.close()


def _wander(alias: str, seed: int, wrong: list[str], checked: list[int]) -> None:
    chance = random.Random(seed)
    wrapper = _wrapper(alias)
    count = 0

    def check() -> None:
        nonlocal count
        with contextlib.suppress(InternalError, transaction.TransactionManagementError):
            count += 1
            if not is_in_step(alias):
                wrong.append(f"seed {seed}, check {count}: {active_tenant_id()}")

    def step(depth: int) -> None:
        if chance.random() < 0.5:
            check()
        for _ in range(chance.randint(1, 3)):
            deeper = depth < 5 and chance.random() < 0.7
            with contextlib.suppress(ZeroDivisionError, Error):
                _one(chance, alias, wrapper, (lambda: step(depth + 1)) if deeper else check)
            check()

    try:
        while count < 1200:
            step(0)
            wrapper.close()
    finally:
        wrapper.close()
    checked.append(count)


def _one(chance: random.Random, alias: str, wrapper: DatabaseWrapper, go_on: object) -> None:
    assert callable(go_on)
    kind = chance.choice(["context", "context", "atomic", "fail", "sql error", "bad commit", "close", "undo"])
    if kind == "context":
        with tenant_context(chance.choice([A, B, None])):
            go_on()
    elif kind == "close":
        wrapper.close()
        go_on()
    else:
        other = tenant_context(chance.choice([A, B])) if chance.random() < 0.5 else contextlib.nullcontext()
        with transaction.atomic(using=alias, savepoint=chance.random() < 0.8), other:
            go_on()
            _end(kind, alias, wrapper)


def _end(kind: str, alias: str, wrapper: DatabaseWrapper) -> None:
    if kind == "fail":
        raise ZeroDivisionError
    if kind == "undo":
        transaction.set_rollback(True, using=alias)
    if kind in {"sql error", "bad commit"}:
        with wrapper.cursor() as cursor:
            cursor.execute("SELECT 1/0" if kind == "sql error" else BROKEN_KEY)


def test_four_threads_wandering_at_random_never_get_out_of_step(pooled: str) -> None:
    wrong: list[str] = []
    checked: list[int] = []
    seed = random.randrange(10**6)
    _wrapper(pooled)
    threads = [threading.Thread(target=_wander, args=(pooled, seed + n, wrong, checked)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(checked) == 4, "a thread died"
    assert sum(checked) >= 4800
