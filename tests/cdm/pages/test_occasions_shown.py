"""How birthdays and anniversaries are shown where there are more than fit."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from cdm.dashboards.occasions import Occasion, occasions
from cdp.models import Tenant
from tests.factories.profiles import ProfileFactory


def birthdays(number: int) -> list[Occasion]:
    """Return so many birthdays of today."""
    today = date(2026, 5, 15)
    return [
        Occasion(uuid.uuid4(), f"Guest {one}", f"Guest {one}", False, "Birthday", today, 0)
        for one in range(number)
    ]


@pytest.mark.parametrize(
    ("part", "heading", "more"),
    [
        ({"occasions": birthdays(12), "more": 30}, "42 birthdays and anniversaries today", "and 30 more"),
        ({"occasions": birthdays(1), "more": 0}, "1 birthday or anniversary today", ""),
        ({"occasions": birthdays(2)}, "2 birthdays and anniversaries today", ""),
    ],
)
def test_the_list_counts_those_of_today_that_are_not_shown_too(
    part: dict[str, Any], heading: str, more: str
) -> None:
    html = render_to_string("cdm/customers/_today.html", {"part": part})
    assert heading in html
    assert ("more</li>" in html) is bool(more)
    assert more in html


@pytest.mark.parametrize(("around", "more"), [({"occasions_more": 5}, "and 5 more"), ({}, "")])
def test_the_day_says_how_many_of_the_week_are_not_shown(around: dict[str, int], more: str) -> None:
    html = render_to_string("cdm/dashboard/_occasions.html", {"occasions": birthdays(12), **around})
    assert html.count("lines__item") == 12
    assert ("more</p>" in html) is bool(more)
    assert more in html


@pytest.mark.conforms("R104")
def test_the_list_and_the_day_count_everybody_whose_day_it_is(alice: Client, acme: Tenant) -> None:
    today = timezone.localdate(timezone=ZoneInfo(acme.time_zone))
    for number in range(13):
        ProfileFactory(name=f"Guest {number:02d}", partial_birth_date=f"--{today:%m-%d}")
    ProfileFactory(name="Gone", status="INACTIVE", partial_birth_date=f"--{today:%m-%d}")
    ProfileFactory(name="Some day", partial_birth_date=f"--{today:%m}")
    found = occasions(acme, days=0)
    assert [one.name for one in found.shown] == [f"Guest {number:02d}" for number in range(12)]
    assert found.more == 1
    assert "13 birthdays and anniversaries today" in alice.get("/admin/customers/cdm").content.decode()
    assert "and 1 more" in alice.get("/admin/crm/agent-dashboard").content.decode()
