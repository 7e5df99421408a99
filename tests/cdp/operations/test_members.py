"""People come into a company, change roles, and go; owners stay in charge."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cdp.actors import Actor
from cdp.choices import Role
from cdp.errors import DomainError, Forbidden, Invalid, NotFound
from cdp.models import AuditEntry, Membership, User
from cdp.operations.change_role import change_role
from cdp.operations.deactivate_member import deactivate_member, reactivate_member
from cdp.operations.invite_member import AlreadyMember, invite_member
from cdp.operations.standing import LastOwner
from cdp.tenancy.context import tenant_context
from tests.factories.cdp import MembershipFactory
from tests.world import World


def member(world: World, role: Role) -> Membership:
    return MembershipFactory(tenant=world.acme, role=role)


def of(user: User, world: World) -> Membership:
    return Membership.objects.get(user=user, tenant=world.acme)


def test_an_invited_stranger_becomes_a_person_without_a_password(world: World) -> None:
    joined = invite_member(
        tenant=world.acme, by=world.by, email=" New@Example.com ", name="Nok", role="agent"
    )
    assert joined.user.email == "new@example.com"
    assert joined.user.name == "Nok"
    assert not joined.user.has_usable_password()
    with tenant_context(world.acme):
        entry = AuditEntry.objects.get(verb="member.invite")
    assert (entry.object_id, entry.actor_id) == (joined.pk, world.alice.pk)


def test_inviting_somebody_known_keeps_their_name_and_password(world: World) -> None:
    asked = invite_member(
        tenant=world.acme, by=world.by, email="charlie@example.com", name="X", role="analyst"
    )
    assert asked.user == world.charlie
    assert asked.user.name == "Charlie"
    assert asked.user.has_usable_password()


def test_a_former_member_comes_back_in_the_new_role(world: World) -> None:
    bob = of(world.bob, world)
    deactivate_member(tenant=world.acme, by=world.by, member_id=bob.pk)
    again = invite_member(tenant=world.acme, by=world.by, email=world.bob.email, role="manager")
    assert (again.pk, again.role, again.is_active) == (bob.pk, "manager", True)


def test_a_member_is_not_invited_twice(world: World) -> None:
    with pytest.raises(AlreadyMember):
        invite_member(tenant=world.acme, by=world.by, email="BOB@example.com", role="owner")
    assert of(world.bob, world).role == "agent"


@pytest.mark.parametrize(
    "email", ["", "nobody", "a b@example.com", "a\x00@example.com", "x" * 260 + "@example.com"]
)
def test_an_impossible_address_makes_nobody(world: World, email: str) -> None:
    before = User.objects.count()
    with pytest.raises(Invalid) as refusal:
        invite_member(tenant=world.acme, by=world.by, email=email, role="agent")
    assert "email" in refusal.value.fields
    assert User.objects.count() == before


@pytest.mark.parametrize("role", ["", "god", "OWNER"])
def test_an_unknown_role_is_refused(world: World, role: str) -> None:
    with pytest.raises(Invalid):
        invite_member(tenant=world.acme, by=world.by, email="new@example.com", role=role)
    with pytest.raises(Invalid):
        change_role(tenant=world.acme, by=world.by, member_id=of(world.bob, world).pk, role=role)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AGENT, Role.ANALYST, Role.INTEGRATION])
def test_who_may_not_manage_people_cannot(world: World, role: Role) -> None:
    by, bob = member(world, role).user.actor, of(world.bob, world)
    verbs: tuple[Callable[[], object], ...] = (
        lambda: invite_member(tenant=world.acme, by=by, email="new@example.com", role="agent"),
        lambda: change_role(tenant=world.acme, by=by, member_id=bob.pk, role="analyst"),
        lambda: deactivate_member(tenant=world.acme, by=by, member_id=bob.pk),
    )
    for verb in verbs:
        with pytest.raises(Forbidden):
            verb()
    assert (of(world.bob, world).role, of(world.bob, world).is_active) == ("agent", True)
    assert not User.objects.filter(email="new@example.com").exists()


def test_an_admin_neither_makes_nor_unmakes_owners(world: World) -> None:
    admin = member(world, Role.ADMIN)
    second_owner = member(world, Role.OWNER)
    by = admin.user.actor
    attempts: tuple[Callable[[], object], ...] = (
        lambda: invite_member(tenant=world.acme, by=by, email="new@example.com", role="owner"),
        lambda: change_role(tenant=world.acme, by=by, member_id=of(world.bob, world).pk, role="owner"),
        lambda: change_role(tenant=world.acme, by=by, member_id=admin.pk, role="owner"),
        lambda: change_role(tenant=world.acme, by=by, member_id=second_owner.pk, role="agent"),
        lambda: deactivate_member(tenant=world.acme, by=by, member_id=second_owner.pk),
    )
    for attempt in attempts:
        with pytest.raises(Forbidden):
            attempt()
    assert Membership.objects.filter(tenant=world.acme, role=Role.OWNER, is_active=True).count() == 2
    change_role(tenant=world.acme, by=by, member_id=of(world.bob, world).pk, role="admin")
    assert of(world.bob, world).role == "admin"


def test_the_last_owner_stays(world: World) -> None:
    alice = of(world.alice, world)
    with pytest.raises(LastOwner):
        change_role(tenant=world.acme, by=world.by, member_id=alice.pk, role="admin")
    with pytest.raises(LastOwner):
        deactivate_member(tenant=world.acme, by=world.by, member_id=alice.pk)
    member(world, Role.OWNER)
    change_role(tenant=world.acme, by=world.by, member_id=alice.pk, role="admin")
    assert of(world.alice, world).role == "admin"


def test_an_owner_whose_account_is_closed_does_not_count(world: World) -> None:
    other = member(world, Role.OWNER)
    other.user.is_active = False
    other.user.save()
    with pytest.raises(LastOwner):
        deactivate_member(tenant=world.acme, by=world.by, member_id=of(world.alice, world).pk)


def test_a_strangers_member_is_not_found(world: World) -> None:
    charlie = Membership.objects.get(user=world.charlie)
    for verb in (deactivate_member, reactivate_member):
        with pytest.raises(NotFound):
            verb(tenant=world.acme, by=world.by, member_id=charlie.pk)
    with pytest.raises(NotFound):
        change_role(tenant=world.acme, by=world.by, member_id=charlie.pk, role="agent")
    with pytest.raises(Forbidden):
        deactivate_member(tenant=world.zenith, by=world.by, member_id=charlie.pk)
    charlie.refresh_from_db()
    assert charlie.is_active


def test_going_and_coming_back_is_recorded_once_each(world: World) -> None:
    bob = of(world.bob, world)
    for verb in (deactivate_member, deactivate_member, reactivate_member):
        verb(tenant=world.acme, by=world.by, member_id=bob.pk)
    with tenant_context(world.acme):
        verbs = list(AuditEntry.objects.order_by("at", "id").values_list("verb", flat=True))
    assert verbs == ["member.deactivate", "member.reactivate"]


def test_a_refusal_leaves_no_audit_entry(world: World) -> None:
    with pytest.raises(DomainError):
        deactivate_member(tenant=world.acme, by=world.by, member_id=of(world.alice, world).pk)
    with tenant_context(world.acme):
        assert not AuditEntry.objects.exists()


def test_the_system_may_do_everything(world: World) -> None:
    invite_member(tenant=world.acme, by=Actor.system("test"), email="new@example.com", role="owner")
    assert Membership.objects.filter(tenant=world.acme, role=Role.OWNER).count() == 2
