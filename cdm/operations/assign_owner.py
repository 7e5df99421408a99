"""Saying whose customers somebody's are."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from cdm.customers import survivors
from cdm.members import colleague
from cdm.models import Ownership
from cdm.operations.record_behaviour import lock_customers
from cdp import audit
from cdp.actors import Actor
from cdp.models import Membership, Tenant
from profiles.models import Profile


@dataclass(frozen=True, slots=True)
class Assigned:
    """How many customers have another agent now, and how many ids named nobody."""

    updated: int
    failed: int


@transaction.atomic
def assign_owner(
    *, tenant: Tenant, by: Actor, profile_ids: Collection[uuid.UUID], owner_id: uuid.UUID | None
) -> Assigned:
    """Make a colleague the agent of the customers, or nobody; in a constant number of statements.

    Raises Invalid when there is no such active colleague.
    """
    owner = colleague(tenant, owner_id)
    known = survivors(profile_ids)
    whose = set(lock_customers(set(known.values())).values()) if known else set()
    rows = Ownership.objects.filter(profile__in=whose)
    before: dict[uuid.UUID, uuid.UUID | None] = dict(rows.values_list("profile_id", "owner_id"))
    new_owner = owner.pk if owner else None
    changed = [pk for pk in sorted(whose) if before.get(pk) != new_owner]
    _write(changed, before, owner, by=by)
    _audit(changed, before, new_owner, by=by)
    return Assigned(updated=len(changed), failed=len(set(profile_ids)) - len(known))


def _write(
    changed: list[uuid.UUID],
    before: dict[uuid.UUID, uuid.UUID | None],
    owner: Membership | None,
    *,
    by: Actor,
) -> None:
    known = Ownership.objects.filter(profile__in=[pk for pk in changed if pk in before])
    if owner is None:
        known.delete()
        return
    known.update(owner=owner, updated_at=timezone.now(), updated_by=str(by))
    new = [pk for pk in changed if pk not in before]
    Ownership.objects.bulk_create(
        [Ownership(profile_id=pk, owner=owner, created_by=str(by), updated_by=str(by)) for pk in new],
        batch_size=1000,
    )


def _audit(
    changed: list[uuid.UUID], before: dict[uuid.UUID, uuid.UUID | None], owner: uuid.UUID | None, *, by: Actor
) -> None:
    now = str(owner) if owner else None
    entries = [
        (Profile(pk=pk), {"owner": [str(before[pk]) if before.get(pk) else None, now]}) for pk in changed
    ]
    audit.record_many(verb="profile.assign", entries=entries, by=by)
