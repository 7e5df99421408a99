"""How much free-form data one customer may carry."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext

LARGEST_JSON = 64 * 1024
MOST_KEYS = 500


def check_json_size(value: dict[str, Any]) -> dict[str, Any]:
    """Refuse JSON of more than 64 KiB or 500 keys on top."""
    if len(value) > MOST_KEYS:
        raise ValueError(gettext("Use at most %(most)s keys.") % {"most": MOST_KEYS})
    try:
        size = len(json.dumps(value, ensure_ascii=False, allow_nan=False).encode())
    except (TypeError, ValueError, UnicodeEncodeError) as error:
        raise ValueError(gettext("Use plain JSON values.")) from error
    if size > LARGEST_JSON:
        raise ValueError(gettext("Use at most %(most)s KiB of JSON.") % {"most": LARGEST_JSON // 1024})
    return value
