"""Ending a key."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cdp import audit
from cdp.actors import Actor
from cdp.errors import NotFound
from cdp.models import ApiKey, Tenant
from cdp.operations.standing import standing_of
from cdp.permissions import MEMBER_WRITE
from cdp.tenancy.context import tenant_context


def revoke_api_key(*, tenant: Tenant, by: Actor, key_id: uuid.UUID) -> ApiKey:
    """End the key, for good, from its next call on; a key that has ended stays as it is.

    Raises NotFound, Forbidden.
    """
    with tenant_context(tenant), transaction.atomic():
        standing_of(by, tenant).require(MEMBER_WRITE)
        key = ApiKey.objects.select_for_update().filter(tenant=tenant, pk=key_id).first()
        if key is None:
            raise NotFound(_("There is no such key."))
        if key.revoked_at is None:
            key.revoked_at = timezone.now()
            key.save(update_fields=["revoked_at", "updated_at"])
            audit.record(
                verb="api_key.revoke", obj=key, by=by, changes={"revoked_at": [None, key.revoked_at]}
            )
    return key
