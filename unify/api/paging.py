"""Pages of rows, counted as far as it is cheap."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from cdp.api.paging import PageMeta, PageQuery
from profiles.counting import bounded


def page_of(rows: QuerySet[Any], query: PageQuery) -> tuple[list[Any], PageMeta]:
    """Return the rows of a page, and where it stands."""
    total = bounded(rows)
    return list(rows[query.window]), PageMeta.of(query, total.number, is_exact=total.is_exact)
