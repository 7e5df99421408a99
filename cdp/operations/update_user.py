"""Changing a person's account: the platform's own people do it."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from cdp import audit
from cdp.actors import Actor
from cdp.errors import Conflict, Forbidden, NotFound
from cdp.models import Membership, User
from cdp.operations import standing
from cdp.tenancy.context import tenant_context


class OwnAccount(Conflict):
    """A superuser was about to lock themselves out."""

    slug = "own-account"
    title = "This is your own account"

    def __init__(self) -> None:
        super().__init__(_("You cannot take your own access away. Ask another superuser."))


def update_user(
    *, by: Actor, user_id: uuid.UUID, name: str, is_active: bool, is_staff: bool, is_superuser: bool
) -> User:
    """Store a person's name and access; each of their companies sees it in its own audit trail.

    Raises NotFound, Forbidden, OwnAccount.
    """
    wanted = {
        "name": name.strip(),
        "is_active": is_active,
        "is_staff": is_staff,
        "is_superuser": is_superuser,
    }
    with transaction.atomic():
        if not standing.is_superuser(by):
            raise Forbidden(_("Only the platform's own people can change accounts."))
        user = User.objects.select_for_update(no_key=True).filter(pk=user_id).first()
        if user is None:
            raise NotFound(_("There is no such person."))
        if user.pk == by.id and not (is_active and is_staff and is_superuser):
            raise OwnAccount
        changes = audit.changed_fields({field: getattr(user, field) for field in wanted}, wanted)
        for field, (_before, value) in changes.items():
            setattr(user, field, value)
        if changes:
            user.save(update_fields=[*changes, "updated_at"])
            _tell_companies(user, by, changes)
    return user


def _tell_companies(user: User, by: Actor, changes: dict[str, list[object]]) -> None:
    for member in Membership.objects.filter(user=user).order_by("pk"):
        with tenant_context(member.tenant_id):
            audit.record(verb="user.update", obj=user, by=by, changes=changes)
