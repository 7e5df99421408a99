"""Who of the company does something."""

from __future__ import annotations

import uuid

from django.utils.translation import gettext as _

from cdm.errors import unknown
from cdp.actors import Actor
from cdp.choices import ActorKind
from cdp.models import Membership, Tenant


def member_of(tenant: Tenant, by: Actor) -> Membership | None:
    """Return the membership of a person who acts; programs and the system have none."""
    if by.kind != ActorKind.USER or by.id is None:
        return None
    return Membership.objects.filter(tenant=tenant, user_id=by.id).first()


def colleague(tenant: Tenant, member_id: uuid.UUID | None, *, field: str = "owner_id") -> Membership | None:
    """Return an active member of the company by id; raises Invalid when there is none."""
    if member_id is None:
        return None
    member = Membership.objects.filter(tenant=tenant, pk=member_id, is_active=True).first()
    if member is None:
        raise unknown(field, _("There is no such member of this company."))
    return member
