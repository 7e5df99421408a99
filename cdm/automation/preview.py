"""How many customers match conditions now, before anything is saved."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import OperationalError, connection, transaction

from cdm.automation.rules import Conditions
from cdm.automation.statement import matching
from cdm.recommending.customer_names import shown_names
from cdp.models import Tenant

PATIENCE_MS = 4_000
EXAMPLES = 5
_CANCELED = "57014"


@dataclass(frozen=True, slots=True)
class Preview:
    """The count, or None where counting would have taken too long; and a few of the customers."""

    count: int | None
    examples: tuple[tuple[uuid.UUID, str], ...]

    @property
    def is_known(self) -> bool:
        return self.count is not None


def preview(tenant: Tenant, conditions: Conditions) -> Preview:
    """Count in one statement, for four seconds at most."""
    found = matching(tenant, conditions)
    try:
        # A savepoint: what is cut off must not end the caller's transaction.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {PATIENCE_MS}")
            cursor.execute(
                f"SELECT count(*), (array_agg(id))[1:{EXAMPLES}] FROM ({found.select}) AS m",  # noqa: S608
                found.values,
            )
            count, ids = cursor.fetchone()
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) != _CANCELED:
            raise
        return Preview(None, ())
    return Preview(count, tuple(shown_names(ids or [])))
