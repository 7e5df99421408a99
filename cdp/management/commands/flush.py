"""Flush as the owner of the tables: the runtime role may not truncate."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush
from django.db import connections


class Command(flush.Command):
    """Django's flush, logged in as the owner."""

    def handle(self, **options: Any) -> None:
        connection: Any = connections[options["database"]]
        with connection.as_owner():
            super().handle(**options)
