"""Letting single people do more with single assets than their role allows."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext

from campaigns.choices import AssetKind, PermissionLevel
from campaigns.errors import AssetNotFound
from campaigns.models import AssetPermission
from campaigns.operations.writing import find_asset
from cdp import audit
from cdp.actors import Actor
from cdp.choices import ActorKind
from cdp.errors import Forbidden, Invalid
from cdp.models import Membership, Tenant
from cdp.permissions import CAMPAIGN_DELETE, CAMPAIGN_READ, CAMPAIGN_WRITE

ORDER = [PermissionLevel.VIEW, PermissionLevel.EDIT, PermissionLevel.MANAGE]
LEVEL_OF_CODE = {
    CAMPAIGN_READ: PermissionLevel.VIEW,
    CAMPAIGN_WRITE: PermissionLevel.EDIT,
    CAMPAIGN_DELETE: PermissionLevel.MANAGE,
}


def level_of(
    *, actor: Actor, codes: Collection[str], kind: AssetKind, asset_id: uuid.UUID
) -> PermissionLevel | None:
    """Return what an actor may do with an asset: the higher of what their codes and a grant allow."""
    levels = [level for code, level in LEVEL_OF_CODE.items() if code in codes]
    if actor.kind == ActorKind.USER and actor.id is not None:
        rows = AssetPermission.objects.filter(profile_type=kind, profile_id=asset_id, user_id=actor.id)
        levels += [PermissionLevel(level) for level in rows.values_list("permission_level", flat=True)]
    return max(levels, key=ORDER.index, default=None)


def require_level(
    level: PermissionLevel,
    *,
    actor: Actor,
    codes: Collection[str],
    kind: AssetKind,
    asset_id: uuid.UUID,
) -> None:
    """Raise Forbidden unless the actor may do at least ``level`` with the asset."""
    has = level_of(actor=actor, codes=codes, kind=kind, asset_id=asset_id)
    if has is None or ORDER.index(has) < ORDER.index(level):
        raise Forbidden(
            gettext("You may not do this with this one: it needs the level %(level)s.") % {"level": level}
        )


@transaction.atomic
def grant_permission(
    *,
    tenant: Tenant,
    by: Actor,
    kind: AssetKind,
    asset_id: uuid.UUID,
    user_id: uuid.UUID,
    level: PermissionLevel,
) -> AssetPermission:
    """Let a member do ``level`` with an asset, instead of an earlier grant; raises AssetNotFound, Invalid."""
    find_asset(kind, asset_id, lock=True)
    if not Membership.objects.filter(tenant=tenant, user_id=user_id, is_active=True).exists():
        raise Invalid(
            gettext("See errors for each field."),
            fields={"userId": [gettext("This person does not work here.")]},
        )
    held = AssetPermission.objects.filter(profile_type=kind, profile_id=asset_id, user_id=user_id)
    before = held.values_list("permission_level", flat=True).first()
    grant, _made = AssetPermission.objects.update_or_create(
        profile_type=kind,
        profile_id=asset_id,
        user_id=user_id,
        defaults={"permission_level": level, "granted_by": str(by)},
    )
    if before != level:
        changes = {"permission_level": [before, level], "user": [None, str(user_id)]}
        audit.record(verb="asset.share", obj=grant, by=by, changes=changes)
    found: AssetPermission = grant
    return found


@transaction.atomic
def revoke_permission(
    *, tenant: Tenant, by: Actor, kind: AssetKind, asset_id: uuid.UUID, user_id: uuid.UUID
) -> None:
    """Take a grant back; raises AssetNotFound."""
    held = AssetPermission.objects.select_for_update(of=("self",))
    grant = held.filter(profile_type=kind, profile_id=asset_id, user_id=user_id).first()
    if grant is None:
        raise AssetNotFound(gettext("permission"))
    changes = {"permission_level": [grant.permission_level, None], "user": [str(user_id), None]}
    audit.record(verb="asset.unshare", obj=grant, by=by, changes=changes)
    grant.delete()
