"""Shutting a member out, and letting them in again."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from cdp import audit
from cdp.actors import Actor
from cdp.choices import Role
from cdp.errors import Conflict
from cdp.models import Membership, Tenant
from cdp.operations.change_role import member_of
from cdp.operations.standing import keep_an_owner, lock_people, standing_of
from cdp.permissions import MEMBER_WRITE
from cdp.tenancy.context import tenant_context


class NotJoined(Conflict):
    """The person has not accepted the invitation."""

    slug = "not-joined"
    title = "They have not joined yet"

    def __init__(self) -> None:
        text = _("This person has not accepted the invitation yet.")
        super().__init__(text, fields={"is_active": [text]})


def deactivate_member(*, tenant: Tenant, by: Actor, member_id: uuid.UUID) -> Membership:
    """Take the member's access away, from their next request on; raises NotFound, Forbidden, LastOwner."""
    return _switch(tenant, by, member_id, is_active=False)


def reactivate_member(*, tenant: Tenant, by: Actor, member_id: uuid.UUID) -> Membership:
    """Give a former member access again, in their former role; raises NotFound, Forbidden, NotJoined."""
    return _switch(tenant, by, member_id, is_active=True)


def _switch(tenant: Tenant, by: Actor, member_id: uuid.UUID, *, is_active: bool) -> Membership:
    with tenant_context(tenant), transaction.atomic():
        lock_people(tenant)
        standing = standing_of(by, tenant)
        standing.require(MEMBER_WRITE)
        member = member_of(tenant, member_id)
        if member.is_active == is_active:
            return member
        standing.require_rank_of(member.role)
        if is_active and member.joined_at is None:
            raise NotJoined
        if not is_active and member.role == Role.OWNER:
            keep_an_owner(member)
        member.is_active = is_active
        member.save(update_fields=["is_active", "updated_at"])
        verb = "member.reactivate" if is_active else "member.deactivate"
        audit.record(verb=verb, obj=member, by=by, changes={"is_active": [not is_active, is_active]})
    return member
