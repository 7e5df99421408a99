"""The panels of a customer's 360° page: what they are, and the list other apps add theirs to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.http import QueryDict
from django.utils.functional import Promise

from cdp.models import Tenant
from profiles.models import Profile

Text = str | Promise
# The tab of panels that stand above all tabs.
EVERY_TAB = "*"


@dataclass(frozen=True, slots=True)
class PanelContext:
    """What a panel's query may know: whose page, for whom, and what was asked of the panel."""

    profile: Profile
    tenant: Tenant
    codes: frozenset[str]
    params: QueryDict

    def may(self, code: str) -> bool:
        """Tell whether the person's role includes ``code``."""
        return code in self.codes


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of panels."""

    key: str
    title: Text
    order: int


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of the page: who may see it, one query that answers a frozen dataclass, one template.

    ``lazy`` panels are fetched after the page is there; use it for what is slow or rarely looked at.
    """

    key: str
    title: Text
    code: str
    query: Callable[[PanelContext], Any]
    template: str
    tab: str
    order: int = 100
    column: Literal["main", "side"] = "main"
    icon: str = ""
    lazy: bool = False


class PanelRegistry:
    """The tabs and panels in the order they are shown; filled in ``AppConfig.ready``."""

    def __init__(self) -> None:
        self._tabs: dict[str, Tab] = {}
        self._panels: dict[str, Panel] = {}

    def add_tab(self, tab: Tab) -> None:
        """Add a tab; two of one key are a programming error."""
        if tab.key in self._tabs:
            raise ValueError(f"There is already a tab called {tab.key}.")
        self._tabs[tab.key] = tab

    def add(self, panel: Panel) -> None:
        """Add a panel to an existing tab; two of one key are a programming error."""
        if panel.key in self._panels:
            raise ValueError(f"There is already a panel called {panel.key}.")
        if panel.tab != EVERY_TAB and panel.tab not in self._tabs:
            raise ValueError(f"There is no tab called {panel.tab}.")
        self._panels[panel.key] = panel

    def find(self, key: str, codes: frozenset[str]) -> Panel | None:
        """Return the panel called ``key`` if the person may see it."""
        panel = self._panels.get(key)
        return panel if panel is not None and panel.code in codes else None

    def tab_of(self, key: str) -> str:
        """Return the key of the tab a panel stands on, or "" when there is no such panel."""
        panel = self._panels.get(key)
        return panel.tab if panel is not None else ""

    def tabs(self, codes: frozenset[str]) -> list[Tab]:
        """Return the tabs on which the person may see something."""
        used = {panel.tab for panel in self._panels.values() if panel.code in codes}
        return sorted((tab for tab in self._tabs.values() if tab.key in used), key=lambda tab: tab.order)

    def on(self, tab: str, codes: frozenset[str]) -> list[Panel]:
        """Return the panels of a tab the person may see."""
        found = [panel for panel in self._panels.values() if panel.tab == tab and panel.code in codes]
        return sorted(found, key=lambda panel: panel.order)


registry = PanelRegistry()
