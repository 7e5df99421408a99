"""`manage.py setup_database`: roles, database and leakproof marks, as a superuser, before `migrate`."""

import os
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from psycopg.conninfo import conninfo_to_dict

from cdp.local import database
from cdp.local.errors import LocalError


class Command(BaseCommand):
    """Reads DATABASE_SUPERUSER_URL; names and passwords come from DATABASE_URL and DATABASE_OWNER_URL."""

    help = "Create or repair the roles and the database. Needs DATABASE_SUPERUSER_URL; safe to repeat."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Prepare the server named by DATABASE_SUPERUSER_URL."""
        superuser_url = os.environ.get("DATABASE_SUPERUSER_URL")
        if not superuser_url:
            raise CommandError("Set DATABASE_SUPERUSER_URL to a superuser's address of the server.")
        app = _address("DATABASE_URL", settings.DATABASE_URL, database.APP)
        owner = _address("DATABASE_OWNER_URL", settings.DATABASE_OWNER_URL, database.OWNER)
        passwords = database.Passwords(owner=owner.get("password"), app=app.get("password"))
        name = app.get("dbname", database.DATABASE)
        try:
            database.prepare(superuser_url, database=name, passwords=passwords)
        except (LocalError, psycopg.Error) as error:
            raise CommandError(f"The database was not set up: {error}") from error
        self.stdout.write(f"Roles and database {name} are ready.")


def _address(variable: str, url: str, role: str) -> dict[str, str]:
    parts = {name: str(value) for name, value in conninfo_to_dict(url).items()}
    if parts.get("user") != role:
        raise CommandError(f"{variable} must log in as {role}.")
    return parts
