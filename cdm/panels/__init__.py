"""The panels of the agent's working day on the 360° page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from cdm.panels.behaviour import behaviour, drop_offs
from cdm.panels.business import deals, papers, tasks
from cdm.panels.conversations import conversations
from cdm.panels.family import family
from cdm.panels.insights import firings, insights
from cdm.panels.overview import contacts, in_shop, purchases, standing, suggested
from cdm.panels.reach import reach
from cdm.panels.streams import add_streams
from cdp.permissions import PROFILE_READ
from profiles.panels import Panel, PanelContext, Tab, Text, registry

TABS = (
    Tab("family", _("Family"), 30),
    Tab("interactions", _("Interactions"), 40),
    Tab("behaviour", _("Behaviour"), 50),
    Tab("insights", _("AI insights"), 60),
)


def _panel(
    key: str,
    title: Text,
    query: Callable[[PanelContext], Any],
    tab: str,
    order: int,
    icon: str,
    *,
    column: Literal["main", "side"] = "main",
) -> Panel:
    template = f"cdm/panels/{key.replace('-', '_')}.html"
    return Panel(key, title, PROFILE_READ, query, template, tab, order, column, icon)


PANELS = (
    _panel("suggested", _("What to do next"), suggested, "overview", 5, "bolt"),
    _panel("purchases", _("Purchases"), purchases, "overview", 10, "receipt_long"),
    _panel("contacts", _("Contact"), contacts, "overview", 15, "forum"),
    _panel("in-shop", _("In the shop"), in_shop, "overview", 20, "storefront"),
    _panel("tasks", _("Tasks"), tasks, "overview", 30, "task_alt"),
    _panel("deals", _("Deals"), deals, "overview", 32, "handshake"),
    _panel("papers", _("Quotations and invoices"), papers, "overview", 34, "request_quote"),
    _panel("standing", _("Where they stand"), standing, "overview", 5, "flag", column="side"),
    _panel("reach", _("How to reach them"), reach, "profile", 5, "schedule"),
    _panel("family", _("Family"), family, "family", 10, "family_restroom"),
    _panel("conversations", _("Interactions"), conversations, "interactions", 10, "forum"),
    _panel("behaviour", _("In the shop"), behaviour, "behaviour", 10, "storefront"),
    _panel("drop-offs", _("Where they turned back"), drop_offs, "behaviour", 20, "remove_shopping_cart"),
    _panel("insights", _("Whom to call, and with what"), insights, "insights", 10, "insights"),
    _panel("rules", _("Rules that fired"), firings, "insights", 20, "rule"),
)


def add_panels() -> None:
    """Put tabs, panels and the streams of the timeline on the page; called once, when the app is ready."""
    for tab in TABS:
        registry.add_tab(tab)
    for panel in PANELS:
        registry.add(panel)
    add_streams()
