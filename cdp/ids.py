"""Identifiers of rows."""

from __future__ import annotations

import os
import uuid
from datetime import datetime

from uuid_utils.compat import uuid7 as _uuid7


def uuid7() -> uuid.UUID:
    """Return a time-ordered UUID (RFC 9562, version 7), so that new rows land at the end of every index."""
    return _uuid7()


def uuid7_at(moment: datetime) -> uuid.UUID:
    """Return a version 7 UUID that sorts as if it had been made at ``moment``."""
    milliseconds = int(moment.timestamp() * 1000)
    random = int.from_bytes(os.urandom(10))
    value = (milliseconds & (1 << 48) - 1) << 80 | random
    return uuid.UUID(int=value & ~(0xF << 76 | 0x3 << 62) | 0x7 << 76 | 0x2 << 62)
