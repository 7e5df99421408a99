"""Test databases are made, cloned and dropped by the owner of the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.db.backends.postgresql import creation

if TYPE_CHECKING:
    from cdp.postgresql.base import DatabaseWrapper


class DatabaseCreation(creation.DatabaseCreation):
    """Creates test databases as the owner; the tests themselves run as the runtime role."""

    @property
    def _wrapper(self) -> DatabaseWrapper:
        return cast("DatabaseWrapper", self.connection)

    def _create_test_db(self, *args: Any, **options: Any) -> str:
        with self._wrapper.as_owner():
            name: str = super()._create_test_db(*args, **options)  # type: ignore[misc] # not in the stubs
            return name

    def _destroy_test_db(self, *args: Any, **options: Any) -> None:
        with self._wrapper.as_owner():
            super()._destroy_test_db(*args, **options)  # type: ignore[misc] # not in the stubs

    def _clone_test_db(self, *args: Any, **options: Any) -> None:
        with self._wrapper.as_owner():
            super()._clone_test_db(*args, **options)  # type: ignore[misc] # not in the stubs
