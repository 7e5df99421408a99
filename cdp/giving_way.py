"""Of transactions that wait for each other, PostgreSQL lets one go: nothing of it is written."""

from __future__ import annotations

from django.db import OperationalError
from django.utils.translation import gettext as _
from psycopg import errors as pg

from cdp.errors import Conflict
from cdp.logging import log

_UNLUCKY = (pg.DeadlockDetected, pg.SerializationFailure)


class GaveWay(Conflict):
    """The transaction was the one let go; the same request may be sent again."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else changed this at the same moment. Try again."))


def gave_way(error: Exception) -> GaveWay | None:
    """Return what to tell when the error is that the transaction was let go, and log it."""
    cause = error.__cause__
    if not (isinstance(error, OperationalError) and isinstance(cause, _UNLUCKY)):
        return None
    log.warning("gave way to another transaction", kind=type(cause).__name__)
    return GaveWay()
