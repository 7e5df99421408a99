"""The migrations of campaigns can be taken back, and made again, without leaving anything behind."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection

from cdp.tenancy import guards

OURS = """
SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relname = ANY(%s)
UNION SELECT proname FROM pg_proc WHERE proname LIKE 'container\\_%%'
"""


def left() -> set[str]:
    from django.apps import apps  # noqa: PLC0415 (the tables are asked for once the apps are there)

    tables = [model._meta.db_table for model in apps.get_app_config("campaigns").get_models()]
    with connection.cursor() as cursor:
        cursor.execute(OURS, [tables])
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.slow
@pytest.mark.conforms("R132")
@pytest.mark.django_db(transaction=True)
def test_migrations_are_taken_back_and_made_again() -> None:
    before = left()
    assert {"budgets", "container_completeness"} <= before
    try:
        call_command("migrate", "campaigns", "zero", verbosity=0)
        assert left() == set()
    finally:
        call_command("migrate", verbosity=0)
    assert left() == before
    assert guards.missing(connection) == []
