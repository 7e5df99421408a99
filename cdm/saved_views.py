"""The views of the customer list a person sees."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from cdm.models import SavedView
from cdp.models import Membership

MOST_SHOWN = 60


def views_for(member: Membership) -> list[SavedView]:
    """Return the person's own views and those everybody sees, by name."""
    rows = SavedView.objects.filter(Q(owner=member) | Q(is_shared=True))
    return list(rows.select_related("owner__user").order_by("name", "pk")[:MOST_SHOWN])


def saved_views(request: HttpRequest, query: str) -> dict[str, Any]:
    """Return what the list shows of views; the one whose filters are set now is marked."""
    member: Membership | None = getattr(request, "membership", None)
    views = views_for(member) if member is not None else []
    current = next((view for view in views if query and view.query == query), None)
    return {"views": views, "query": query, "current": current, "member": member}
