"""Connections that died in the pool: after a restart of PostgreSQL each would be handed out once more."""

from __future__ import annotations

import select
from time import monotonic
from typing import Any

from psycopg import Error
from psycopg_pool import ConnectionPool

# A firewall that forgets a connection, or a machine that is gone, tells nobody: who has been idle is asked.
TRUSTED_SECONDS = 30.0


def note_use(connection: Any) -> None:
    """Remember that the connection has just been in use."""
    connection._app_used_at = monotonic()


def is_alive(connection: Any) -> bool:
    """Tell whether a connection of the pool still works."""
    # PostgreSQL asks nothing of its own accord: where there is something to read it has mostly said goodbye.
    # Looking costs a call of the system; asking costs a round trip.
    used_at = getattr(connection, "_app_used_at", None)
    try:
        if used_at is None or monotonic() - used_at > TRUSTED_SECONDS or _has_news(connection):
            ConnectionPool.check_connection(connection)
    except Error:
        return False
    return True


def _has_news(connection: Any) -> bool:
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))
