"""The sidebar and looks of admin and agent pages (django-unfold)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from cdp import permissions


def may(code: str) -> Callable[[HttpRequest], bool]:
    """Return a check that the person's role in the active tenant includes ``code``."""

    def check(request: HttpRequest) -> bool:
        membership = getattr(request, "membership", None)
        return membership is not None and code in membership.codes

    return check


def _item(title: Any, icon: str, link: Any, code: str) -> dict[str, Any]:
    return {"title": title, "icon": icon, "link": link, "permission": may(code)}


def unfold_settings() -> dict[str, Any]:
    """Return the UNFOLD setting."""
    customers = [
        _item(_("Customers"), "groups", reverse_lazy("customers"), permissions.PROFILE_READ),
    ]
    return {
        "SITE_TITLE": _("Customer platform"),
        "SITE_HEADER": _("Customer platform"),
        "SITE_SYMBOL": "groups",
        "SHOW_HISTORY": True,
        "SHOW_VIEW_ON_SITE": False,
        "SIDEBAR": {
            "show_search": True,
            "show_all_applications": False,
            "navigation": [{"title": _("Work"), "items": customers}],
        },
    }
