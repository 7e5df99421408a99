"""How much free-form data one customer may carry."""

from __future__ import annotations

import json
from typing import Any

LARGEST_JSON = 64 * 1024
MOST_KEYS = 500


def check_json_size(value: dict[str, Any]) -> dict[str, Any]:
    """Refuse JSON of more than 64 KiB or 500 keys on top."""
    if len(value) > MOST_KEYS:
        raise ValueError(f"Use at most {MOST_KEYS} keys.")
    try:
        size = len(json.dumps(value, ensure_ascii=False, allow_nan=False).encode())
    except (TypeError, ValueError, UnicodeEncodeError) as error:
        raise ValueError("Use plain JSON values.") from error
    if size > LARGEST_JSON:
        raise ValueError(f"Use at most {LARGEST_JSON // 1024} KiB of JSON.")
    return value
