"""Taking back the last change of a customer's own fields."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from cdp.actors import Actor
from cdp.errors import Conflict
from cdp.models import Tenant
from profiles.errors import ProfileNotFound
from profiles.last_edit import ADDRESSES, last_edit
from profiles.models import Profile
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord


class EditStands(Conflict):
    """The change is no longer the newest, or what it wrote was written over."""

    slug = "edit-stands"

    def __init__(self) -> None:
        super().__init__(_("This can no longer be undone."))


def take_back_edit(*, tenant: Tenant, by: Actor, profile_id: uuid.UUID, entry_id: uuid.UUID) -> bool:
    """Give the fields that the audit entry tells of their former values; tell whether an address stays.

    An e-mail or phone it wrote stays as a further one. Raises EditStands, ProfileNotFound, StaleVersion.
    """
    with transaction.atomic():
        try:
            profile = Profile.objects.follow(profile_id)
        except Profile.DoesNotExist as error:
            raise ProfileNotFound from error
        entry = last_edit(profile)
        if entry is None or entry.pk != entry_id:
            raise EditStands
        before = {name: pair[0] for name, pair in entry.changes.items()}
        update_profile(
            tenant=tenant,
            by=by,
            profile_id=profile.pk,
            record=ProfileRecord.parse(before, tenant=tenant),
            version=profile.version,
        )
    return any(entry.changes[name][1] for name in ADDRESSES & entry.changes.keys())
