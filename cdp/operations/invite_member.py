"""Taking a person into a tenant."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cdp import audit
from cdp.actors import Actor
from cdp.choices import Role
from cdp.errors import Conflict, Invalid
from cdp.models import Membership, Tenant, User
from cdp.operations.coming_back import let_back_in
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
    *,
    tenant: Tenant,
    by: Actor,
    email: str,
    role: str,
    name: str = "",
    site_url: str = "",
    is_founder: bool = False,
) -> Membership:
    """Ask the person with this e-mail address to become a member.

    Somebody new is one at once, and gets in by setting a password; a former member comes back. Whoever has an
    account already, in another company, joins by accepting: until then this company learns nothing of them.
    A founder joins at once: a company is made for its first owner.
    With ``site_url`` they get a mail with the link. Raises Invalid, Forbidden, AlreadyMember.
    """
    email = checked_email(email)
    if role not in Role.values:
        raise Invalid(_("Choose a role."), fields={"role": [_("There is no such role.")]})
    with tenant_context(tenant), transaction.atomic():
        lock_people(tenant)
        standing = standing_of(by, tenant)
        standing.require(MEMBER_WRITE)
        standing.require_rank_of(role)
        user, is_new = _person(email, name)
        if is_founder:
            let_back_in(user)
        member = _join(tenant, user, role, is_asked=not (is_new or is_founder))
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


def _person(email: str, name: str) -> tuple[User, bool]:
    user, is_new = User.objects.get_or_create(email=email, defaults={"name": name.strip()[:200]})
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user, is_new


def _join(tenant: Tenant, user: User, role: str, *, is_asked: bool) -> Membership:
    if not is_asked:
        return Membership.objects.create(tenant=tenant, user=user, role=role)
    member = Membership.objects.filter(tenant=tenant, user=user).first()
    if member is None:
        member = Membership(tenant=tenant, user=user, joined_at=None)
    elif member.is_active:
        raise AlreadyMember
    member.role = role
    member.is_active = member.joined_at is not None
    # Asked once more, the links of earlier mails end.
    member.invited_at = None if member.is_active else timezone.now()
    member.save()
    return member
