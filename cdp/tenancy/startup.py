"""Refuses to serve anybody while the walls between tenants do not stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from cdp.postgresql.base import wrapper
from cdp.tenancy import guards

_ADVICE = "Let DATABASE_URL log in as the runtime role (crm_app) and DATABASE_OWNER_URL as the owner."
# What the login is, or may become with SET ROLE.
_ROLE = """
    SELECT session_user::text,
           (SELECT rolsuper FROM pg_roles WHERE rolname = session_user),
           (SELECT string_agg(rolname, ', ' ORDER BY rolname) FROM pg_roles
             WHERE (rolsuper OR rolbypassrls) AND pg_has_role(session_user, oid, 'MEMBER')),
           (SELECT string_agg(DISTINCT pg_get_userbyid(relowner), ', ') FROM pg_class
             WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
               AND pg_has_role(session_user, relowner, 'MEMBER'))
"""


def require_walls() -> None:
    """Raise ImproperlyConfigured, with a sentence that says what to do, unless the walls stand.

    Called where a process starts to serve: WSGI, Celery's worker and beat.
    """
    connection = wrapper()
    try:
        found = next(faults(connection), None)
    except DatabaseError as error:
        raise ImproperlyConfigured(f"Nobody can tell whether tenants are kept apart: {error}") from error
    finally:
        # The process may fork next, and connections and the pool's threads would not survive that.
        connection.close()
        connection.close_pool()
    if found:
        raise ImproperlyConfigured(found)


def faults(database: BaseDatabaseWrapper) -> Iterator[str]:
    """Yield what is wrong, the worst first."""
    with database.cursor() as cursor:
        cursor.execute(_ROLE)
        role, is_superuser, bypassing, owning = cursor.fetchone()
    if is_superuser:
        yield f"The database role {role} is a superuser, so row security does not hold it. {_ADVICE}"
    elif bypassing:
        yield f"The database role {role} may bypass row security (as {bypassing}). {_ADVICE}"
    elif owning:
        yield f"The database role {role} owns the tables (as {owning}) and could lift row security. {_ADVICE}"
    gaps = guards.missing(database)
    if gaps:
        yield (
            f"The walls between tenants have {len(gaps)} gaps, the first: {gaps[0]}. "
            "Run manage.py migrate, which closes them."
        )


@checks.register(checks.Tags.database, deploy=True)
def check_database(databases: Any = None, **_options: Any) -> list[checks.CheckMessage]:
    """Run by ``check --deploy --database default``."""
    return [
        checks.Critical(fault, id="cdp.E010")
        for alias in databases or ()
        for fault in faults(connections[alias])
    ]
