"""What the lists of duplicates show alike: JSON to read, and links to the pages where people work."""

from __future__ import annotations

import json
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString


def as_json(value: Any) -> SafeString:
    """Return a value as indented text."""
    return format_html("<pre>{}</pre>", json.dumps(value, indent=2, ensure_ascii=False, default=str))


def page_link(name: str, text: Any, *arguments: Any) -> SafeString:
    """Return a link to a page by the name of its address."""
    return format_html('<a href="{}">{}</a>', reverse(name, args=arguments), text)
