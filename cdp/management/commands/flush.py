"""Flush as the owner of the tables: the runtime role may not truncate."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush

from cdp.postgresql.base import wrapper


class Command(flush.Command):
    """Django's flush, logged in as the owner."""

    def handle(self, **options: Any) -> None:
        with wrapper(options["database"]).as_owner():
            super().handle(**options)
