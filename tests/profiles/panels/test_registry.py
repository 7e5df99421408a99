"""How other apps add panels."""

from __future__ import annotations

import pytest

from profiles.panels import EVERY_TAB, Panel, PanelContext, PanelRegistry, Tab
from profiles.panels.standard import register_into


def panel(key: str, **options: object) -> Panel:
    """Return a panel that shows nothing."""
    values: dict[str, object] = {"code": "profile:read", "template": "x.html", "tab": "overview"} | options
    return Panel(key, key.title(), query=_nothing, **values)  # type: ignore[arg-type]


def _nothing(context: PanelContext) -> None:
    return None


@pytest.fixture
def panels() -> PanelRegistry:
    """A list with one tab and nothing on it."""
    registry = PanelRegistry()
    registry.add_tab(Tab("overview", "Overview", 10))
    return registry


def test_panels_stand_in_their_order_whoever_came_first(panels: PanelRegistry) -> None:
    panels.add(panel("late", order=90))
    panels.add(panel("early", order=10))
    assert [found.key for found in panels.on("overview", frozenset({"profile:read"}))] == ["early", "late"]


def test_a_panel_is_there_only_for_roles_with_its_code(panels: PanelRegistry) -> None:
    panels.add(panel("secret", code="audit:read"))
    assert panels.on("overview", frozenset({"profile:read"})) == []
    assert panels.find("secret", frozenset({"profile:read"})) is None
    assert panels.find("secret", frozenset({"audit:read"})) is not None


def test_a_tab_without_a_panel_for_the_person_is_not_shown(panels: PanelRegistry) -> None:
    panels.add_tab(Tab("money", "Money", 5))
    panels.add(panel("deals", tab="money", code="deal:read"))
    panels.add(panel("basic"))
    assert [tab.key for tab in panels.tabs(frozenset({"profile:read"}))] == ["overview"]
    assert [tab.key for tab in panels.tabs(frozenset({"profile:read", "deal:read"}))] == ["money", "overview"]


@pytest.mark.parametrize("tab", ["overview", EVERY_TAB])
def test_two_panels_of_one_key_are_refused(panels: PanelRegistry, tab: str) -> None:
    panels.add(panel("twice", tab=tab))
    with pytest.raises(ValueError, match="already a panel called twice"):
        panels.add(panel("twice"))


def test_unknown_and_doubled_tabs_are_refused(panels: PanelRegistry) -> None:
    with pytest.raises(ValueError, match="no tab called nowhere"):
        panels.add(panel("lost", tab="nowhere"))
    with pytest.raises(ValueError, match="already a tab called overview"):
        panels.add_tab(Tab("overview", "Again", 20))


def test_the_standard_panels_register_into_an_empty_list() -> None:
    registry = PanelRegistry()
    register_into(registry)
    assert [tab.key for tab in registry.tabs(frozenset({"profile:read", "audit:read"}))] == [
        "overview",
        "profile",
        "history",
    ]
