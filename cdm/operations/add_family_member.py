"""Adding a relative."""

from __future__ import annotations

import uuid

from django.db import transaction

from cdm.family.linking import known_ids, own_profile_of
from cdm.models import FamilyMember
from cdm.operations.refresh_summaries import refresh_summaries
from cdm.records.family import FamilyRecord
from cdm.rows import add
from cdp.actors import Actor
from cdp.models import Tenant
from profiles.operations.update_profile import locked_profile


@transaction.atomic
def add_family_member(
    *, tenant: Tenant, by: Actor, profile_id: uuid.UUID, record: FamilyRecord
) -> FamilyMember:
    """Keep a relative of a customer, linked to their own profile where they have one.

    The profile is the one chosen, or found by e-mail or phone; the link shows the relative once, from both
    sides, and tells matching that the two are not one. Raises ProfileNotFound, Invalid, AlreadyFamily.
    """
    profile = locked_profile(profile_id)
    row = FamilyMember(profile_id=profile.pk, **record.said("customer_id", "relative_id"))
    row.relative_id = own_profile_of(row, chosen=record.relative_id, is_chosen=record.says("relative_id"))
    add(row, verb="family.add", by=by)
    refresh_summaries(
        tenant=tenant, profile_ids=known_ids(profile.pk, row.relative_id), behaves_as_before=True
    )
    return row
