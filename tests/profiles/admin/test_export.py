"""The list as a file."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from openpyxl import load_workbook

from cdp.models import AuditEntry
from cdp.tenancy.context import tenant_context
from profiles.admin import export
from tests.factories.profiles import ProfileFactory, ProfileTagFactory
from tests.world import World

EXPORT = "/admin/profiles/profile/export/"


def rows_of(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.conforms("R57")
def test_the_file_holds_what_the_list_shows_and_is_recorded(world: World) -> None:
    with tenant_context(world.acme):
        gold = ProfileTagFactory(tag__name="Gold", profile__name="สมชาย ใจดี")
        ProfileFactory(name="Somebody else")
    with tenant_context(world.zenith):
        ProfileFactory(name="Stranger")
    browser = world.browser(world.alice)
    assert browser.get(EXPORT).status_code == 200
    everybody = rows_of(browser.post(EXPORT, {"format": "csv"}))
    assert {row["name"] for row in everybody} == {"สมชาย ใจดี", "Somebody else"}
    (found,) = rows_of(browser.post(f"{EXPORT}?tag={gold.tag_id}", {"format": "csv"}))
    assert (found["name"], found["tags"], found["email"]) == ("สมชาย ใจดี", "Gold", gold.profile.email)
    with tenant_context(world.acme):
        entries = AuditEntry.objects.filter(verb="profile.export").order_by("at", "id")
        assert [entry.changes["rows"] for entry in entries] == [[None, 2], [None, 1]]


def test_a_spreadsheet_can_be_had_too(world: World) -> None:
    with tenant_context(world.acme):
        ProfileFactory(name="Mali")
    answer = world.browser(world.alice).post(EXPORT, {"format": "xlsx"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert "Mali" in [cell.value for cell in sheet[2]]


@pytest.mark.parametrize("name", ["=cmd()", "+1+1", "-2", "@SUM(A1)"])
def test_a_name_is_never_a_formula(world: World, name: str) -> None:
    with tenant_context(world.acme):
        ProfileFactory(name=name, email="", phone="")
    (row,) = rows_of(world.browser(world.alice).post(EXPORT, {"format": "csv"}))
    assert row["name"] == ("-2" if name == "-2" else f"'{name}")


def test_who_may_not_export_cannot(world: World) -> None:
    browser = world.browser(world.bob)
    assert browser.get(EXPORT).status_code == 403
    assert browser.post(EXPORT, {"format": "csv"}).status_code == 403
    page = browser.get("/admin/profiles/profile/").content.decode()
    assert EXPORT not in page


@pytest.mark.parametrize("data", [{}, {"format": "pdf"}])
def test_an_unknown_format_is_not_found(world: World, data: dict[str, str]) -> None:
    assert world.browser(world.alice).post(EXPORT, data).status_code == 404


def test_a_list_that_is_too_long_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "MOST_EXPORTED", 1)
    with tenant_context(world.acme):
        ProfileFactory()
        ProfileFactory()
    answer = world.browser(world.alice).post(EXPORT, {"format": "csv"}, headers={"Accept": "text/html"})
    assert answer.status_code == 409
    assert "Filter the list first" in answer.content.decode()
    with tenant_context(world.acme):
        assert not AuditEntry.objects.exists()
