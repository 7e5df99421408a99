"""How much of a file goes into one transaction: little while somebody waits for it to end."""

from __future__ import annotations

import uuid

from profiles.locking import is_tenant_awaited

# While somebody waits, this many times fewer rows: a twentieth of a second instead of half of one.
_FEWER = 8
# Transactions nobody waited for, until there are twice as many rows again.
_CALM = 4


class Pace:
    """Knows how many rows the next transaction takes; ``most`` where nobody waits."""

    def __init__(self, tenant_id: uuid.UUID, most: int) -> None:
        self.rows = most
        self._tenant_id, self._most, self._calm = tenant_id, most, 0

    def notice(self) -> None:
        """Look whether somebody waits for the transaction that is about to end."""
        if is_tenant_awaited(self._tenant_id):
            self.rows, self._calm = max(1, self._most // _FEWER), 0
            return
        self._calm += 1
        if self._calm >= _CALM:
            self.rows, self._calm = min(self._most, self.rows * 2), 0
