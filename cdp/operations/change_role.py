"""Changing what a member may do."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from cdp import audit
from cdp.actors import Actor
from cdp.choices import Role
from cdp.errors import Invalid, NotFound
from cdp.models import Membership, Tenant
from cdp.operations.standing import keep_an_owner, lock_people, standing_of
from cdp.permissions import MEMBER_WRITE
from cdp.tenancy.context import tenant_context


def change_role(*, tenant: Tenant, by: Actor, member_id: uuid.UUID, role: str) -> Membership:
    """Give the member another role; raises NotFound, Invalid, Forbidden, LastOwner."""
    if role not in Role.values:
        raise Invalid(_("Choose a role."), fields={"role": [_("There is no such role.")]})
    with tenant_context(tenant), transaction.atomic():
        lock_people(tenant)
        standing = standing_of(by, tenant)
        standing.require(MEMBER_WRITE)
        member = member_of(tenant, member_id)
        if member.role == role:
            return member
        standing.require_rank_of(member.role)
        standing.require_rank_of(role)
        if member.role == Role.OWNER and member.is_active:
            keep_an_owner(member)
        before, member.role = member.role, role
        member.save(update_fields=["role", "updated_at"])
        audit.record(verb="member.change_role", obj=member, by=by, changes={"role": [before, role]})
    return member


def member_of(tenant: Tenant, member_id: uuid.UUID) -> Membership:
    """Return the tenant's member; raises NotFound."""
    member = Membership.objects.filter(tenant=tenant, pk=member_id).select_related("user", "tenant").first()
    if member is None:
        raise NotFound(_("There is no such member."))
    return member
