"""What the sidebar offers to whom."""

from __future__ import annotations

import re

from tests.world import World

_TABLES = ["All customers", "Events", "Identifiers", "Contact points"]


def offered(world: World, person: object) -> list[str]:
    page = world.browser(person).get("/admin/customers/cdm").content.decode()  # type: ignore[arg-type]
    sidebar = page[page.index('id="nav-sidebar-apps"') :]
    return re.findall(r"<span>([^<]+)</span>\s*</a>", sidebar)


def test_an_agent_sees_what_agents_work_with_and_no_tables(world: World) -> None:
    titles = offered(world, world.bob)
    assert {"Customers", "Segments", "Tags"} <= set(titles)
    assert not set(titles) & {
        *_TABLES,
        "Imports",
        "Exports",
        "Members",
        "API keys",
        "Audit trail",
        "Companies",
    }


def test_who_looks_after_the_data_finds_the_tables_by_themselves(world: World) -> None:
    titles = offered(world, world.alice)
    assert {*_TABLES, "Exports", "Imports"} <= set(titles)
    assert titles.index("All customers") > titles.index("Audit trail")
