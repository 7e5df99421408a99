"""What the lists of duplicates show alike: JSON to read, and links to the pages where people work."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cdp.models import Membership


def as_json(value: Any) -> SafeString:
    """Return a value as indented text."""
    return format_html("<pre>{}</pre>", json.dumps(value, indent=2, ensure_ascii=False, default=str))


def page_link(name: str, text: Any, *arguments: Any) -> SafeString:
    """Return a link to a page by the name of its address."""
    return format_html('<a href="{}">{}</a>', reverse(name, args=arguments), text)


def name_behind(column: str) -> Subquery:
    """Return the name of the colleague a column refers to as "user:<id>", for lists: no query per row."""
    reference = Concat(Value("user:"), Cast("user_id", CharField()))
    members = Membership.objects.annotate(reference=reference)
    found = members.filter(tenant=OuterRef("tenant"), reference=OuterRef(column))
    return Subquery(found.values("user__name")[:1])


def written(name: str | None, reference: str) -> str:
    """Return a colleague's name; of a program or the system what stands behind the colon."""
    return name or reference.rpartition(":")[2]
