"""What callers say about whose customers they are."""

from __future__ import annotations

import uuid
from typing import Annotated

from pydantic import Field

from cdm.records.base import Said
from cdm.records.values import CustomerRef

MOST_AT_ONCE = 1000


class OwnerBody(Said):
    """Customers, and the member who looks after them from now on; null for nobody."""

    customer_ids: Annotated[list[CustomerRef], Field(min_length=1, max_length=MOST_AT_ONCE)]
    owner_id: uuid.UUID | None
