"""Identifiers of rows."""

from __future__ import annotations

import uuid
from datetime import datetime

import uuid_utils
from uuid_utils.compat import uuid7 as _uuid7


def uuid7() -> uuid.UUID:
    """Return a time-ordered UUID (RFC 9562, version 7), so that new rows land at the end of every index."""
    return _uuid7()


def uuid7_at(moment: datetime) -> uuid.UUID:
    """Return a version 7 UUID that sorts as if it had been made at ``moment``."""
    made = uuid_utils.uuid7(timestamp=int(moment.timestamp()), nanos=moment.microsecond * 1000)
    return uuid.UUID(int=made.int)
