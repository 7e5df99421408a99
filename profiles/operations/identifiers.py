"""Telling the system what other systems call a customer."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import IntegrityError, transaction

from cdp import audit
from cdp.actors import Actor
from cdp.errors import NotFound
from cdp.models import Tenant
from profiles.errors import raise_taken
from profiles.locking import lock_values
from profiles.models import ProfileIdentifier
from profiles.operations.update_profile import locked_profile, save_changes


def add_identifier(
    *,
    tenant: Tenant,
    by: Actor,
    profile_id: uuid.UUID,
    source: str,
    external_id: str,
    source_type: str | None = None,
    external_ref: str = "",
    match_quality: float | None = None,
    is_primary: bool = False,
    metadata: dict[str, Any] | None = None,
) -> ProfileIdentifier:
    """Add an external id; a primary one takes that place from the others of its source.

    Raises IdentifierTaken when a customer, this one included, has it already.
    """
    try:
        with transaction.atomic():
            lock_values(tenant.pk, [f"{source}:{external_id}"])
            profile = locked_profile(profile_id)
            if is_primary:
                profile.identifiers.filter(source=source, is_primary=True).update(is_primary=False)
            identifier = ProfileIdentifier.objects.create(
                profile=profile,
                source=source,
                source_type=source_type or None,
                external_id=external_id,
                external_ref=external_ref,
                match_quality=match_quality,
                is_primary=is_primary,
                metadata=metadata or {},
                created_by=str(by),
                updated_by=str(by),
            )
            save_changes(profile, [], by=by)
            changes = {f"{source} id": [None, external_id]}
            audit.record(verb="profile.add_identifier", obj=profile, by=by, changes=changes)
            return identifier
    except IntegrityError as error:
        raise_taken(error)


@transaction.atomic
def remove_identifier(
    *, tenant: Tenant, by: Actor, profile_id: uuid.UUID, identifier_id: uuid.UUID
) -> ProfileIdentifier:
    """Remove an external id and return what it was; raises NotFound."""
    profile = locked_profile(profile_id)
    identifier = profile.identifiers.filter(pk=identifier_id).first()
    if identifier is None:
        raise NotFound("This customer has no such identifier.")
    changes = {f"{identifier.source} id": [identifier.external_id, None]}
    ProfileIdentifier.objects.filter(pk=identifier.pk).delete()
    save_changes(profile, [], by=by)
    audit.record(verb="profile.remove_identifier", obj=profile, by=by, changes=changes)
    return identifier
