"""What axe-core, the field's own checker, has to say about a page."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SERIOUS = {"serious", "critical"}
# The rules of WCAG 2.2 up to AA; best practices beyond them are opinions.
OPTIONS: dict[str, Any] = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
}


def serious_findings(page: Page) -> list[str]:
    """Return what is serious or worse inside the page's own part, a sentence each."""
    found = Axe().run(page, context="main", options=OPTIONS).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {node['target']} {node['failureSummary']}"
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]
