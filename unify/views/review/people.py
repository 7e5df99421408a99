"""Names of people as actors are written down."""

from __future__ import annotations

import uuid

from cdp.choices import ActorKind
from cdp.models import Membership
from cdp.tenancy.context import require_tenant_id


def name_of(reference: str) -> str:
    """Return a colleague's name for "user:<id>"; of anything else what stands behind the colon."""
    kind, _colon, rest = reference.partition(":")
    if kind != ActorKind.USER:
        return rest
    return names_of([reference]).get(reference, "")


def names_of(references: list[str]) -> dict[str, str]:
    """Return the names of colleagues by reference, in one query."""
    ids: dict[uuid.UUID, str] = {}
    for reference in set(references):
        kind, _colon, rest = reference.partition(":")
        if kind == ActorKind.USER:
            ids[uuid.UUID(rest)] = reference
    if not ids:
        return {}
    members = Membership.objects.filter(tenant_id=require_tenant_id(), user_id__in=ids).select_related("user")
    return {ids[member.user_id]: str(member.user) for member in members}
