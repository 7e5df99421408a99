"""What becomes of an invitation: it is accepted, declined or withdrawn."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cdp import audit
from cdp.actors import Actor
from cdp.choices import ActorKind
from cdp.errors import DomainError
from cdp.models import Membership, Tenant
from cdp.operations.change_role import member_of
from cdp.operations.coming_back import is_shut_out, let_back_in
from cdp.operations.standing import standing_of
from cdp.permissions import MEMBER_WRITE
from cdp.tenancy.context import tenant_context

VALID_FOR = timedelta(days=14)
_SALT = "cdp.invitation"


class InvitationGone(DomainError):
    """The link is too old, was answered already, or another one took its place."""

    status = 410
    slug = "invitation-gone"
    title = "This invitation does not hold any more"

    def __init__(self) -> None:
        super().__init__(_("This invitation does not hold any more. Ask for another one."))


def invitation_link(member: Membership, site_url: str) -> str:
    """Return the address where the invited person answers: whoever reads their mail is the person."""
    said = {"member": str(member.pk), "at": str(member.invited_at)}
    return site_url.rstrip("/") + reverse("invitation", args=[signing.dumps(said, salt=_SALT)])


def open_invitation(token: str) -> Membership:
    """Return the membership the link is about; raises InvitationGone."""
    try:
        said = signing.loads(token, salt=_SALT, max_age=VALID_FOR)
    except signing.BadSignature as error:
        raise InvitationGone from error
    waiting = Membership.objects.filter(tenant__is_active=True, invited_at__isnull=False)
    member = waiting.select_related("tenant", "user").filter(pk=said["member"]).first()
    if member is None or str(member.invited_at) != said["at"] or is_shut_out(member.user):
        raise InvitationGone
    return member


def accept_invitation(*, token: str) -> Membership:
    """Make the invited person a member; raises InvitationGone.

    An account that was closed when the person's last company left is open again.
    """
    return _answer(token, is_accepted=True)


def decline_invitation(*, token: str) -> Membership:
    """End the invitation; the company learns that and nothing else. Raises InvitationGone."""
    return _answer(token, is_accepted=False)


def withdraw_invitation(*, tenant: Tenant, by: Actor, member_id: uuid.UUID) -> Membership:
    """Take the invitation back; one that has been answered stays as it is. Raises NotFound, Forbidden."""
    with tenant_context(tenant), transaction.atomic():
        standing = standing_of(by, tenant)
        standing.require(MEMBER_WRITE)
        member = member_of(tenant, member_id)
        standing.require_rank_of(member.role)
        if member.is_invited:
            _end(member, "member.withdraw", by)
        return member


def _answer(token: str, *, is_accepted: bool) -> Membership:
    with tenant_context(open_invitation(token).tenant), transaction.atomic():
        member = open_invitation(token)
        member = (
            Membership.objects.select_for_update(of=("self",))
            .select_related("tenant", "user")
            .get(pk=member.pk)
        )
        if not member.is_invited:
            raise InvitationGone
        if is_accepted:
            let_back_in(member.user)
            member.is_active, member.joined_at = True, timezone.now()
            _end(member, "member.join", member.user.actor)
        else:
            _end(member, "member.decline", Actor(ActorKind.USER, member.user_id, member.user.email))
        return member


def _end(member: Membership, verb: str, by: Actor) -> None:
    was = member.invited_at
    member.invited_at = None
    member.save(update_fields=["is_active", "joined_at", "invited_at", "updated_at"])
    audit.record(verb=verb, obj=member, by=by, changes={"invited_at": [was, None]})
