"""Connections of the other roles."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest
from django.db import connections, transaction

from cdp.postgresql.base import DatabaseWrapper


@pytest.fixture
def owner(db: None) -> Iterator[DatabaseWrapper]:
    """The connection "owner" of the tables' owner, in a transaction that is rolled back, tables and all.

    Rows of other connections' open transactions would block it: make rows with ``using("owner")``.
    """
    settings = copy.deepcopy(connections["default"].settings_dict)
    settings.update(settings["OWNER"])
    connection = DatabaseWrapper(settings, alias="owner")
    connections["owner"] = connection
    try:
        with transaction.atomic(using="owner"):
            yield connection
            transaction.set_rollback(True, using="owner")
    finally:
        connection.close()
        del connections["owner"]
