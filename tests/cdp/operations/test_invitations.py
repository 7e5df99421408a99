"""Whoever has an account already joins another company by accepting, and is nobody there before."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from cdp.actors import Actor
from cdp.errors import Forbidden
from cdp.models import AuditEntry, Membership, Tenant, User
from cdp.operations.answer_invitation import (
    InvitationGone,
    accept_invitation,
    decline_invitation,
    invitation_link,
    open_invitation,
    withdraw_invitation,
)
from cdp.operations.change_role import change_role
from cdp.operations.create_tenant import create_tenant
from cdp.operations.deactivate_member import NotJoined, reactivate_member
from cdp.operations.invite_member import invite_member
from cdp.tenancy.context import tenant_context
from tests.cdp.queue import own_queue, work_off
from tests.world import World

PEOPLE = "/admin/cdp/membership/"
CHARLIE = "charlie@example.com"


def invite(world: World, role: str = "agent", email: str = CHARLIE) -> Membership:
    return invite_member(tenant=world.acme, by=world.by, email=email, role=role)


def token_of(member: Membership) -> str:
    return invitation_link(member, "").split("/")[-2]


def left_behind(world: World) -> None:
    """Do to Charlie what it does when his only company leaves the platform."""
    with tenant_context(world.zenith):
        Membership.objects.filter(user=world.charlie).delete()
    User.objects.filter(pk=world.charlie.pk).update(is_active=False)


def verbs(world: World) -> list[str]:
    with tenant_context(world.acme):
        return list(AuditEntry.objects.order_by("at", "id").values_list("verb", flat=True))


def test_an_invited_person_has_no_access_before_accepting(world: World) -> None:
    member = invite(world)
    assert (member.is_active, member.is_invited, member.joined_at) == (False, True, None)
    client = world.browser(world.charlie)
    assert client.post("/switch-tenant", {"tenant": str(world.acme.pk)}).status_code == 404
    assert client.get("/profiles", headers={"x-tenant-id": "acme"}).status_code == 403
    accept_invitation(token=token_of(member))
    assert client.post("/switch-tenant", {"tenant": str(world.acme.pk)}).status_code == 302
    assert verbs(world) == ["member.invite", "member.join"]


def test_the_company_sees_nothing_but_the_address_before(world: World) -> None:
    world.charlie.name = "Charlotte Unseen"
    world.charlie.save()
    client = world.browser(world.alice)
    member = invite(world)
    pages = [
        PEOPLE,
        f"{PEOPLE}{member.pk}/change/",
        f"{PEOPLE}{member.pk}/delete/",
        f"{PEOPLE}{member.pk}/history/",
    ]
    shown = "".join(client.get(page).content.decode() for page in pages)
    assert CHARLIE in shown
    assert "Charlotte" not in shown
    assert CHARLIE not in client.get(PEOPLE, {"q": "Charlotte"}).content.decode()
    assert CHARLIE in client.get(PEOPLE, {"q": "charlie"}).content.decode()
    accept_invitation(token=token_of(member))
    assert "Charlotte" in client.get(PEOPLE, {"q": "Charlotte"}).content.decode()


def test_a_declined_invitation_tells_the_address_and_no_name(world: World) -> None:
    member = invite(world)
    decline_invitation(token=token_of(member))
    member.refresh_from_db()
    assert (member.is_active, member.is_invited, member.shown_name) == (False, False, CHARLIE)
    with tenant_context(world.acme):
        assert AuditEntry.objects.get(verb="member.decline").actor_label == CHARLIE


def test_a_link_holds_once_and_only_the_last_one(world: World) -> None:
    first = token_of(invite(world))
    second = token_of(invite(world, role="manager"))
    assert first != second
    for token in (first, first + "x", "x"):
        with pytest.raises(InvitationGone):
            open_invitation(token)
    accept_invitation(token=second)
    for answer in (accept_invitation, decline_invitation):
        with pytest.raises(InvitationGone):
            answer(token=second)
    member = Membership.objects.get(tenant=world.acme, user=world.charlie)
    assert (member.role, member.is_active) == ("manager", True)


def test_a_withdrawn_invitation_lets_nobody_in(world: World) -> None:
    member = invite(world)
    with pytest.raises(Forbidden):
        withdraw_invitation(tenant=world.acme, by=world.bob.actor, member_id=member.pk)
    answer = world.browser(world.alice).post(f"{PEOPLE}{member.pk}/delete/", {"post": "yes"})
    assert answer.status_code == 302
    with pytest.raises(InvitationGone):
        accept_invitation(token=token_of(member))
    assert verbs(world) == ["member.invite", "member.withdraw"]
    assert Membership.objects.filter(pk=member.pk).exists()


def test_nobody_joins_by_being_let_in_again(world: World) -> None:
    member = invite(world)
    with pytest.raises(NotJoined):
        reactivate_member(tenant=world.acme, by=world.by, member_id=member.pk)
    change_role(tenant=world.acme, by=world.by, member_id=member.pk, role="analyst")
    page = world.browser(world.alice).post(
        f"{PEOPLE}{member.pk}/change/", {"role": "analyst", "is_active": "on"}
    )
    assert "has not accepted" in page.content.decode()
    member.refresh_from_db()
    assert (member.is_active, member.is_invited, member.role) == (False, True, "analyst")


def test_the_mail_leads_to_a_page_that_asks(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with own_queue():
        with django_capture_on_commit_callbacks(execute=True):
            member = invite_member(
                tenant=world.acme, by=world.by, email=CHARLIE, role="agent", site_url="http://testserver"
            )
        assert work_off() == 1
    link = next(line for line in mail.outbox[0].body.splitlines() if line.startswith("http"))
    browser = Client()
    page = browser.get(link).content.decode()
    assert "Acme invites you" in page
    member.refresh_from_db()
    assert not member.is_active, "a look at the page decides nothing"
    assert browser.post(link)["Location"] == "/"
    member.refresh_from_db()
    assert member.is_active
    assert browser.get(link).status_code == 410


def test_declining_on_the_page(world: World) -> None:
    path = invitation_link(invite(world), "")
    page = Client().post(path, {"decline": ""}).content.decode()
    assert "You have declined" in page
    assert not Membership.objects.get(tenant=world.acme, user=world.charlie).is_active


def test_an_invited_person_without_a_password_sets_one_after_accepting(world: World) -> None:
    invite(world, email="new@example.com")
    with tenant_context(world.zenith):
        member = invite_member(
            tenant=world.zenith, by=world.charlie.actor, email="new@example.com", role="agent"
        )
    assert member.is_invited
    assert "/admin/reset/" in Client().post(invitation_link(member, ""))["Location"]


def test_whoever_lost_their_only_company_comes_back_by_accepting(world: World) -> None:
    left_behind(world)
    declined = invite(world)
    decline_invitation(token=token_of(declined))
    assert not User.objects.get(pk=world.charlie.pk).is_active
    path = invitation_link(invite(world), "")
    assert "Acme invites you" in Client().get(path).content.decode()
    assert Client().post(path)["Location"] == "/"
    assert User.objects.get(pk=world.charlie.pk).is_active
    browser = world.browser(world.charlie)
    assert browser.get("/profiles", headers={"x-tenant-id": "acme"}).status_code == 200


def test_whoever_founds_a_company_comes_back_at_once(world: World) -> None:
    left_behind(world)
    tenant = Tenant(name="Again", slug="again")
    create_tenant(by=Actor.system("test"), tenant=tenant, owner_email=CHARLIE)
    assert User.objects.get(pk=world.charlie.pk).is_active


def test_an_account_the_platform_closed_stays_closed(world: World) -> None:
    User.objects.filter(pk=world.charlie.pk).update(is_active=False)
    token = token_of(invite(world))
    for answer in (accept_invitation, decline_invitation):
        with pytest.raises(InvitationGone):
            answer(token=token)
    assert not User.objects.get(pk=world.charlie.pk).is_active
    assert verbs(world) == ["member.invite"]
