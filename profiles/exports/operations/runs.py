"""Finding an export, and who ordered it."""

from __future__ import annotations

import uuid

from cdp.actors import Actor
from cdp.models import Membership, Tenant, User
from cdp.permissions import EXPORT_RUN
from profiles.exports.errors import ExportNotFound, NoLongerAllowed
from profiles.exports.models import ExportRun


def get_export(run_id: uuid.UUID) -> ExportRun:
    """Return the export; raises ExportNotFound."""
    try:
        return ExportRun.objects.get(pk=run_id)
    except ExportRun.DoesNotExist as error:
        raise ExportNotFound from error


def locked_export(run_id: uuid.UUID) -> ExportRun:
    """Return the export, locked until the transaction ends; raises ExportNotFound."""
    try:
        return ExportRun.objects.select_for_update().get(pk=run_id)
    except ExportRun.DoesNotExist as error:
        raise ExportNotFound from error


def orderer(run: ExportRun, tenant: Tenant) -> Membership:
    """Return the member who ordered the export; raises NoLongerAllowed when they may no longer have it."""
    found = (
        Membership.objects.filter(tenant=tenant, user_id=run.ordered_by, is_active=True)
        .select_related("user", "tenant")
        .first()
    )
    if found is None or EXPORT_RUN not in found.codes or not found.user.is_active:
        raise NoLongerAllowed
    return found


def actor_of_export(run: ExportRun) -> Actor:
    """Return who ordered the export, as the ``by`` of its verbs."""
    person = User.objects.filter(pk=run.ordered_by).first()
    return person.actor if person else Actor.system("export")
