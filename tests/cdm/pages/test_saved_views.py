"""Views of the list that people keep, share and link to."""

from __future__ import annotations

import pytest
from django.test import Client

from cdm.models import SavedView
from cdp.models import AuditEntry, Membership
from cdp.tenancy.context import tenant_context
from tests.world import World

VIEWS = "/admin/customers/views"
LIST = "/admin/customers/cdm"


def undo(client: Client) -> None:
    """Press the Undo of the last message."""
    html = client.get(LIST).content.decode()
    token = html.split('name="token" value="', 1)[1].split('"', 1)[0]
    client.post("/admin/undo", {"token": token})


@pytest.mark.conforms("B80")
def test_a_view_is_kept_opened_renamed_deleted_and_brought_back(bob: Client, acme: object) -> None:
    query = "temperature=hot&sort=-value&after=gone&nonsense=1"
    response = bob.post(VIEWS, {"name": " My  hot ones ", "query": query})
    view = SavedView.objects.get()
    assert (view.name, view.query, view.is_shared) == ("My hot ones", "temperature=hot&sort=-value", False)
    assert response.headers["Location"] == f"{LIST}?{view.query}"
    assert bob.get(f"{VIEWS}/{view.pk}").headers["Location"] == f"{LIST}?{view.query}"
    html = bob.get(f"{LIST}?{view.query}").content.decode()
    assert "My hot ones" in html
    assert "Change this view" in html
    bob.post(f"{VIEWS}/{view.pk}/change", {"name": "Hot", "is_shared": "on"})
    view.refresh_from_db()
    assert (view.name, view.is_shared) == ("Hot", True)
    bob.post(f"{VIEWS}/{view.pk}/delete")
    assert not SavedView.objects.exists()
    undo(bob)
    assert SavedView.objects.get().name == "Hot"
    verbs = set(AuditEntry.objects.filter(object_id=view.pk).values_list("verb", flat=True))
    assert verbs == {"view.keep", "view.update", "view.delete", "view.restore"}


@pytest.mark.conforms("B80")
def test_private_views_are_found_by_nobody_else_and_shared_ones_by_everybody(
    bob: Client, alice: Client, world: World, acme: object
) -> None:
    bob.post(VIEWS, {"name": "Private", "query": "temperature=hot"})
    private = SavedView.objects.get()
    assert alice.get(f"{VIEWS}/{private.pk}").status_code == 404
    assert "Private" not in alice.get(LIST).content.decode()
    alice.post(f"{VIEWS}/{private.pk}/delete")
    assert SavedView.objects.filter(pk=private.pk).exists()
    bob.post(VIEWS, {"name": "Shared", "query": "temperature=cold", "is_shared": "on"})
    shared = SavedView.objects.get(name="Shared")
    assert alice.get(f"{VIEWS}/{shared.pk}").status_code == 302
    assert "Shared" in alice.get(LIST).content.decode()
    charlie = world.browser(world.charlie)
    for view in (private, shared):
        assert charlie.get(f"{VIEWS}/{view.pk}").status_code == 404
        assert charlie.post(f"{VIEWS}/{view.pk}/delete").status_code == 404
    assert "Shared" not in charlie.get(LIST).content.decode()


def test_an_analyst_keeps_views_and_shares_none(analyst: Client, acme: object) -> None:
    analyst.post(VIEWS, {"name": "Mine", "query": "temperature=hot"})
    analyst.post(VIEWS, {"name": "Ours", "query": "temperature=hot", "is_shared": "on"})
    assert list(SavedView.objects.values_list("name", flat=True)) == ["Mine"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "\x00"])
def test_a_view_needs_a_name_that_can_be_read(bob: Client, acme: object, name: str) -> None:
    assert bob.post(VIEWS, {"name": name, "query": "temperature=hot"}).status_code == 302
    assert not SavedView.objects.exists()


def test_a_name_is_taken_once_a_person(bob: Client, alice: Client, acme: object, world: World) -> None:
    for client in (bob, bob, alice):
        client.post(VIEWS, {"name": "Hot", "query": "temperature=hot"})
    assert SavedView.objects.count() == 2
    owners = set(SavedView.objects.values_list("owner", flat=True))
    assert owners == set(Membership.objects.filter(tenant=world.acme).values_list("pk", flat=True))
    with tenant_context(world.zenith):
        assert not SavedView.objects.exists()
