"""Who may take what back, and until when."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from cdp.choices import Role
from cdp.models import Membership
from profiles.models import Profile
from tests.profiles.views.conftest import Make, messages_of, undo_token
from tests.world import World


@pytest.fixture
def deactivated(alice: Client, make: Make) -> tuple[Profile, str]:
    """A customer alice has just deactivated, and the token that takes it back."""
    person = make(name="Somchai")
    alice.post(f"/admin/customers/{person.pk}/deactivate")
    return person, undo_token(messages_of(alice, f"/admin/customers/{person.pk}"))


def is_active(person: Profile) -> bool:
    """Tell what is stored."""
    return Profile.objects.get(pk=person.pk).status == "ACTIVE"


def test_undo_takes_back_and_returns_to_where_one_was(
    alice: Client, deactivated: tuple[Profile, str]
) -> None:
    person, token = deactivated
    address = f"/admin/customers/{person.pk}?tab=profile"
    assert alice.post("/admin/undo", {"token": token, "next": address}).headers["Location"] == address
    assert is_active(person)
    assert "1 customer is active again." in messages_of(alice)


def test_a_changed_token_does_nothing(alice: Client, deactivated: tuple[Profile, str]) -> None:
    person, token = deactivated
    for bad in (token[:-2] + "xx", "", "\x00", token.replace(":", "."), "x" * 10_000):
        assert alice.post("/admin/undo", {"token": bad}).status_code == 302
    assert not is_active(person)
    assert "This can no longer be undone." in messages_of(alice)


def test_after_an_hour_nothing_is_undone(alice: Client, deactivated: tuple[Profile, str]) -> None:
    person, token = deactivated
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        alice.post("/admin/undo", {"token": token})
    assert not is_active(person)


def test_nobody_else_can_use_the_token(bob: Client, world: World, deactivated: tuple[Profile, str]) -> None:
    person, token = deactivated
    assert bob.post("/admin/undo", {"token": token}).status_code == 403
    assert world.browser(world.charlie).post("/admin/undo", {"token": token}).status_code == 403
    assert not is_active(person)


def test_whoever_lost_the_permission_cannot_undo(
    alice: Client, world: World, deactivated: tuple[Profile, str]
) -> None:
    person, token = deactivated
    Membership.objects.filter(user=world.alice).update(role=Role.AGENT)
    assert alice.post("/admin/undo", {"token": token}).status_code == 403
    assert not is_active(person)


def test_undo_takes_posts_only(alice: Client) -> None:
    assert alice.get("/admin/undo").status_code == 405


def test_undoing_what_somebody_else_took_says_why_it_fails(alice: Client, make: Make) -> None:
    first = make(name="First", externalIds={"erpCustomerId": "ERP1"})
    second = make(name="Second")
    identifier = first.identifiers.get()
    address = f"/admin/customers/{first.pk}"
    alice.post(f"{address}/identifiers/{identifier.pk}/remove")
    token = undo_token(messages_of(alice, address))
    alice.post(f"/admin/customers/{second.pk}/identifiers", {"source": "ERP", "external_id": "ERP1"})
    alice.post("/admin/undo", {"token": token})
    assert "Id there: Already taken." in messages_of(alice)
    assert second.identifiers.get().external_id == "ERP1"
    assert not first.identifiers.exists()
