"""The pages of exports, from the customer list and from the admin."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from cdp.models import AuditEntry
from cdp.tenancy.context import tenant_context
from profiles.exports import policy
from profiles.exports.models import ExportRun
from profiles.exports.operations import order as ordering
from tests.factories.profiles import ProfileFactory, ProfileTagFactory
from tests.profiles.exports.steps import fetch, make, order, rows_of
from tests.world import World

NEW = "/admin/exports/new"
FROM_ADMIN = "/admin/profiles/profile/export/"


def ordered(world: World, answer: Any) -> ExportRun:
    assert answer.status_code == 302, answer.content
    with tenant_context(world.acme):
        run: ExportRun = ExportRun.objects.get()
    assert answer["Location"] == f"/admin/exports/{run.pk}"
    return run


def test_a_list_is_exported_from_the_page_that_shows_it(world: World) -> None:
    with tenant_context(world.acme):
        ProfileFactory(name="Mali", status="INACTIVE")
        ProfileFactory(name="Somebody else")
    browser = world.browser(world.alice)
    page = browser.get("/admin/customers/cdm?status=INACTIVE&q=mali").content.decode()
    assert 'name="filters" value="q=mali&amp;status=INACTIVE"' in page
    run = ordered(world, browser.post(NEW, {"filters": "q=mali&status=INACTIVE", "format": "csv"}))
    assert "Waiting" in browser.get(f"/admin/exports/{run.pk}").content.decode()
    part = browser.get(f"/admin/exports/{run.pk}", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    make(world, run)
    refreshed = browser.get(f"/admin/exports/{run.pk}", headers={"HX-Request": "true"})
    assert refreshed["HX-Refresh"] == "true"
    shown = browser.get(f"/admin/exports/{run.pk}").content.decode()
    assert f"/admin/exports/{run.pk}/file" in shown
    assert "kept until" in shown
    assert [row["name"] for row in rows_of(fetch(browser, run.pk))] == ["Mali"]
    assert str(run.pk) in browser.get("/admin/exports").content.decode()
    with tenant_context(world.acme):
        entry = AuditEntry.objects.get(verb="export.download")
        assert (entry.actor_id, entry.object_id) == (world.alice.pk, run.pk)


@pytest.mark.conforms("R57")
def test_the_admins_list_is_exported_as_it_is_filtered_there(world: World) -> None:
    with tenant_context(world.acme):
        gold = ProfileTagFactory(tag__name="Gold", profile__name="Mali")
        ProfileFactory(name="Somebody else")
    browser = world.browser(world.alice)
    assert browser.get(FROM_ADMIN).status_code == 200
    run = ordered(world, browser.post(f"{FROM_ADMIN}?tag={gold.tag_id}", {"format": "csv"}))
    make(world, run)
    assert [row["name"] for row in rows_of(fetch(browser, run.pk))] == ["Mali"]


def test_the_admins_search_narrows_the_file_too(world: World) -> None:
    with tenant_context(world.acme):
        ProfileFactory(name="Mali")
        ProfileFactory(name="Somebody else")
    browser = world.browser(world.alice)
    run = ordered(world, browser.post(f"{FROM_ADMIN}?q=somebody", {"format": "csv"}))
    make(world, run)
    assert [row["name"] for row in rows_of(fetch(browser, run.pk))] == ["Somebody else"]


def test_who_may_not_export_cannot(world: World) -> None:
    with tenant_context(world.acme):
        ProfileFactory()
    run = make(world, order(world))
    browser = world.browser(world.bob)
    for address in (
        FROM_ADMIN,
        "/admin/exports",
        f"/admin/exports/{run.pk}",
        f"/admin/exports/{run.pk}/file",
    ):
        assert browser.get(address).status_code == 403
    for address in (FROM_ADMIN, NEW, f"/admin/exports/{run.pk}/cancel"):
        assert browser.post(address, {"format": "csv"}).status_code == 403
    assert NEW not in browser.get("/admin/customers/cdm").content.decode()
    assert FROM_ADMIN not in browser.get("/admin/profiles/profile/").content.decode()
    with tenant_context(world.acme):
        assert ExportRun.objects.count() == 1
        assert not AuditEntry.objects.filter(verb="export.download").exists()


def test_a_strangers_export_is_not_there(world: World) -> None:
    run = make(world, order(world))
    browser = world.browser(world.charlie)
    for path in ("", "/file"):
        assert browser.get(f"/admin/exports/{run.pk}{path}").status_code == 404
    assert browser.post(f"/admin/exports/{run.pk}/cancel").status_code == 404
    assert browser.get(f"/admin/exports/{uuid.uuid4()}").status_code == 404
    assert run.path.exists()


@pytest.mark.parametrize("data", [{}, {"format": "pdf"}])
def test_an_unknown_format_orders_nothing(world: World, data: dict[str, str]) -> None:
    answer = world.browser(world.alice).post(NEW, data, follow=True)
    assert "Choose CSV or Excel." in answer.content.decode()
    with tenant_context(world.acme):
        assert not ExportRun.objects.exists()


def test_an_address_that_is_no_list_orders_nothing(world: World) -> None:
    browser = world.browser(world.alice)
    answer = browser.post(NEW, {"format": "csv", "filters": "q=" + "x" * policy.LONGEST_FILTERS}, follow=True)
    assert "cannot be exported" in answer.content.decode()
    assert browser.post(f"{FROM_ADMIN}?nonsense=1", {"format": "csv"}).status_code == 400
    with tenant_context(world.acme):
        assert not ExportRun.objects.exists()


def test_a_company_has_only_so_many_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordering, "MOST_ACTIVE", 1)
    order(world)
    answer = world.browser(world.alice).post(NEW, {"format": "csv"}, follow=True)
    assert "1 exports are under way already" in answer.content.decode()
    with tenant_context(world.acme):
        assert ExportRun.objects.count() == 1


def test_a_file_that_is_not_ready_is_explained(world: World) -> None:
    run = order(world)
    browser = world.browser(world.alice)
    answer = browser.get(f"/admin/exports/{run.pk}/file", follow=True)
    assert "is not ready" in answer.content.decode()
    browser.post(f"/admin/exports/{run.pk}/cancel")
    assert "Cancelled" in browser.get(f"/admin/exports/{run.pk}").content.decode()


def test_the_list_of_exports_costs_the_same_however_many_there_are(
    world: World, django_assert_max_num_queries: Any
) -> None:
    browser = world.browser(world.alice)
    with tenant_context(world.acme):
        for _ in range(20):
            run = order(world)
            ExportRun.objects.filter(pk=run.pk).update(state="done")
    with django_assert_max_num_queries(14):
        assert browser.get("/admin/exports").status_code == 200
