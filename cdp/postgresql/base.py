"""Keeps ``app.tenant_id`` of each physical connection equal to the active tenant; can act as the owner."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from cdp.postgresql.creation import DatabaseCreation
from cdp.postgresql.pooled import is_alive, note_use
from cdp.tenancy.context import active_tenant_id

_UNKNOWN = object()


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL with row-level security in mind."""

    creation_class = DatabaseCreation

    if TYPE_CHECKING:
        # Parts of Django its stubs leave out.
        pool: Any

        def close_pool(self) -> None: ...

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        # Those that died in the pool go, and it makes others in their place.
        for _attempt in range(self.pool.max_size if self.pool else 0):
            connection = super().get_new_connection(conn_params)
            if is_alive(connection):
                return connection
            connection.close()
            self.pool.putconn(connection)
        return super().get_new_connection(conn_params)

    # Cursor *creation* is hooked, not execute: cursor.copy() never passes execute wrappers.
    def create_cursor(self, name: str | None = None) -> Any:
        self._sync_tenant()
        return super().create_cursor(name)

    def _sync_tenant(self) -> None:
        connection = self.connection
        tenant_id = active_tenant_id()
        wanted = "" if tenant_id is None else str(tenant_id)
        if getattr(connection, "_app_tenant", _UNKNOWN) == wanted:
            return
        if connection.info.transaction_status == TransactionStatus.INERROR:
            return  # only a rollback is possible now, and that forgets the tenant anyway
        connection.execute("SELECT set_config('app.tenant_id', %s, false)", [wanted])
        connection._app_tenant = wanted

    # A setting made inside a transaction that rolls back reverts to the one before it. That happens in
    # four ways: a rollback, one to a savepoint, a COMMIT that fails (a deferred constraint), and the
    # pool's own rollback of a connection that comes back in the middle of a transaction.
    @contextmanager
    def _forgetting_tenant(self, *, always: bool) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self._forget_tenant()
            raise
        if always:
            self._forget_tenant()

    def _forget_tenant(self) -> None:
        if self.connection is not None:
            self.connection._app_tenant = _UNKNOWN

    def _rollback(self) -> None:
        with self._forgetting_tenant(always=True):
            super()._rollback()  # type: ignore[misc] # not in the stubs

    def _savepoint_rollback(self, sid: str) -> None:
        with self._forgetting_tenant(always=True):
            super()._savepoint_rollback(sid)  # type: ignore[misc] # not in the stubs

    def _commit(self) -> None:
        with self._forgetting_tenant(always=False):
            super()._commit()  # type: ignore[misc] # not in the stubs

    def _close(self) -> None:
        if self.connection is not None:
            note_use(self.connection)
        if self.connection is not None and self.connection.info.transaction_status != TransactionStatus.IDLE:
            self._forget_tenant()
        super()._close()  # type: ignore[misc] # not in the stubs

    @contextmanager
    def as_owner(self) -> Iterator[None]:
        """Run the block logged in as the owner of the tables; refuses inside a transaction.

        For management commands: the login changes for every thread of the process.
        """
        owner = self.settings_dict.get("OWNER") or {}
        if not owner or owner["USER"] == self.settings_dict["USER"]:
            yield
            return
        if self.in_atomic_block:
            raise DatabaseError("as_owner() cannot change the login inside a transaction")
        before = {key: self.settings_dict[key] for key in owner}
        self._login_as(owner)
        try:
            yield
        finally:
            self._login_as(before)

    def _login_as(self, login: dict[str, Any]) -> None:
        self.close()
        self.close_pool()
        self.settings_dict.update(login)


def wrapper(alias: str = DEFAULT_DB_ALIAS) -> DatabaseWrapper:
    """Return the connection of this backend behind ``alias``."""
    connection = connections[alias]
    if not isinstance(connection, DatabaseWrapper):
        raise ImproperlyConfigured(f"The engine of database {alias!r} must be cdp.postgresql.")
    return connection
