"""Starting a company on the platform."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from cdp import audit
from cdp.actors import Actor
from cdp.choices import ActorKind, Role
from cdp.errors import Forbidden
from cdp.models import Membership, Tenant
from cdp.operations.invite_member import checked_email, invite_member
from cdp.operations.standing import is_superuser
from cdp.operations.update_tenant import check_tenant
from cdp.tenancy.context import tenant_context


def create_tenant(*, by: Actor, tenant: Tenant, owner_email: str, site_url: str = "") -> Membership:
    """Store a new tenant with its first owner; return the owner's membership.

    Raises Invalid naming each field, and Forbidden for anybody but the platform's own people.
    """
    if by.kind != ActorKind.SYSTEM and not is_superuser(by):
        raise Forbidden(_("Only the platform's own people can start a company."))
    email = checked_email(owner_email)
    check_tenant(tenant)
    with transaction.atomic():
        tenant.save(force_insert=True)
        with tenant_context(tenant):
            audit.record(verb="tenant.create", obj=tenant, by=by, changes={"name": [None, tenant.name]})
        return invite_member(
            tenant=tenant, by=by, email=email, role=Role.OWNER, site_url=site_url, is_founder=True
        )
