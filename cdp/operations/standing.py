"""What somebody may do to the people and keys of a tenant."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cdp.actors import Actor
from cdp.choices import ActorKind, Role
from cdp.errors import Conflict, Forbidden
from cdp.models import ApiKey, Membership, Tenant, User
from cdp.permissions import ALL_CODES

# Nobody gives or takes away a role above their own.
RANKS: dict[str, int] = {
    Role.OWNER: 3,
    Role.ADMIN: 2,
    Role.MANAGER: 1,
    Role.AGENT: 0,
    Role.ANALYST: 0,
    Role.INTEGRATION: 0,
}
PLATFORM_RANK = 4
NOBODY = uuid.UUID(int=0)


class LastOwner(Conflict):
    """A company must keep an owner."""

    slug = "last-owner"
    title = "A company needs an owner"

    def __init__(self) -> None:
        super().__init__(_("This is the last owner. Make somebody else an owner first."))


@dataclass(frozen=True, slots=True)
class Standing:
    """The permission codes and the rank of an actor in one tenant."""

    codes: frozenset[str]
    rank: int

    def require(self, code: str) -> None:
        """Raise Forbidden without the permission code."""
        if code not in self.codes:
            raise Forbidden(_("Your role does not allow this. Ask an owner of your company."))

    def require_rank_of(self, role: str) -> None:
        """Raise Forbidden when ``role`` stands above the actor."""
        if RANKS[role] > self.rank:
            raise Forbidden(
                _("Only somebody with that role can do this."),
                fields={"role": [_("This is above your own role.")]},
            )


def standing_of(by: Actor, tenant: Tenant) -> Standing:
    """Return what ``by`` may do in the tenant now; a superuser may act in any tenant."""
    nobody = Standing(frozenset(), -1)
    if by.kind == ActorKind.SYSTEM:
        return Standing(ALL_CODES, PLATFORM_RANK)
    if by.kind == ActorKind.API_KEY:
        key = ApiKey.objects.usable().filter(pk=by.id or NOBODY, tenant=tenant).first()
        return Standing(key.codes, 0) if key else nobody
    if is_superuser(by):
        return Standing(ALL_CODES, PLATFORM_RANK)
    member = Membership.objects.filter(
        tenant=tenant, user=by.id, is_active=True, user__is_active=True
    ).first()
    return Standing(member.codes, RANKS[member.role]) if member else nobody


def is_superuser(by: Actor) -> bool:
    """Tell whether a person of the platform itself acts."""
    return (
        by.kind == ActorKind.USER
        and User.objects.filter(pk=by.id or NOBODY, is_superuser=True, is_active=True).exists()
    )


def lock_people(tenant: Tenant) -> None:
    """Let one change of a tenant's people happen at a time; rows that refer to the tenant are not held up."""
    Tenant.objects.select_for_update(no_key=True).get(pk=tenant.pk)


def keep_an_owner(member: Membership) -> None:
    """Raise LastOwner when nobody else is an active owner of the member's tenant."""
    others = Membership.objects.filter(
        tenant=member.tenant_id, role=Role.OWNER, is_active=True, user__is_active=True
    ).exclude(pk=member.pk)
    if not others.exists():
        raise LastOwner
