"""Taking a person into a tenant."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from cdp import audit
from cdp.actors import Actor
from cdp.choices import Role
from cdp.errors import Conflict, Invalid
from cdp.models import Membership, Tenant, User
from cdp.operations.queue_mail import queue_invitation
from cdp.operations.standing import lock_people, standing_of
from cdp.permissions import MEMBER_WRITE
from cdp.tenancy.context import tenant_context

LONGEST_EMAIL = 254


class AlreadyMember(Conflict):
    """The person is in this company already."""

    slug = "already-member"
    title = "Already a member"

    def __init__(self) -> None:
        text = _("This person is a member of your company already.")
        super().__init__(text, fields={"email": [text]})


def invite_member(
    *, tenant: Tenant, by: Actor, email: str, role: str, name: str = "", site_url: str = ""
) -> Membership:
    """Make the person with this e-mail address a member, known to us or not; a former member comes back.

    With ``site_url`` they get a mail with a link to set a password. Raises Invalid, Forbidden, AlreadyMember.
    """
    email = checked_email(email)
    if role not in Role.values:
        raise Invalid(_("Choose a role."), fields={"role": [_("There is no such role.")]})
    with tenant_context(tenant), transaction.atomic():
        lock_people(tenant)
        standing = standing_of(by, tenant)
        standing.require(MEMBER_WRITE)
        standing.require_rank_of(role)
        member = _join(tenant, _person(email, name), role)
        audit.record(
            verb="member.invite", obj=member, by=by, changes={"email": [None, email], "role": [None, role]}
        )
        if site_url:
            queue_invitation(member, site_url)
    return member


def checked_email(email: str) -> str:
    """Return the address as it is stored; raises Invalid."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Invalid(_("Check the e-mail address."), fields={"email": error.messages}) from error
    if len(email) > LONGEST_EMAIL or "\x00" in email:
        raise Invalid(_("Check the e-mail address."), fields={"email": [_("This address is too long.")]})
    return email


def _person(email: str, name: str) -> User:
    user, is_new = User.objects.get_or_create(email=email, defaults={"name": name.strip()[:200]})
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def _join(tenant: Tenant, user: User, role: str) -> Membership:
    member, is_new = Membership.objects.get_or_create(tenant=tenant, user=user, defaults={"role": role})
    if is_new:
        return member
    if member.is_active:
        raise AlreadyMember
    member.role, member.is_active = role, True
    member.save(update_fields=["role", "is_active", "updated_at"])
    return member
