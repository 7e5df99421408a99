"""Correcting, removing and bringing back relatives."""

from __future__ import annotations

import uuid

from django.db import transaction

from cdm.customers import survivors
from cdm.family.linking import AlreadyFamily, are_linked, known_ids, own_profile_of
from cdm.models import FamilyMember, OccasionReminder
from cdm.operations.refresh_summaries import refresh_summaries
from cdm.records.family import FamilyChange
from cdm.removed import removal_of, removed_row
from cdm.rows import add, change, found, locked_with_customer, remove
from cdp.actors import Actor
from cdp.models import Tenant

# What is kept of the reminders of a removed relative.
KEPT = ("kind", "occurs_on", "created_at", "claimed_at", "mailed_at")


@transaction.atomic
def update_family_member(
    *, tenant: Tenant, by: Actor, member_id: uuid.UUID, record: FamilyChange
) -> FamilyMember:
    """Change what the record says and nothing else; a new e-mail or phone may find the relative's profile.

    Raises RowNotFound, Invalid, AlreadyFamily.
    """
    asked = survivors([record.relative_id] if record.relative_id else [])
    row = locked_with_customer(FamilyMember, member_id, also=asked.values())
    before = row.relative_id
    values = record.said("customer_id", "relative_id")
    for name, value in values.items():
        setattr(row, name, value)
    if record.says("relative_id") or (before is None and {"email", "phone"} & values.keys()):
        chosen, is_chosen = record.relative_id, record.says("relative_id")
        values["relative_id"] = own_profile_of(row, chosen=chosen, is_chosen=is_chosen)
    row = found(FamilyMember, member_id)
    change(row, values, verb="family.update", by=by)
    refresh_summaries(
        tenant=tenant, profile_ids=known_ids(row.profile_id, row.relative_id, before), behaves_as_before=True
    )
    return row


@transaction.atomic
def remove_family_member(*, tenant: Tenant, by: Actor, member_id: uuid.UUID) -> uuid.UUID:
    """Remove a relative, and the link to their own profile; return whose it was. Raises RowNotFound.

    The reminders of their days go, too, and are written down: nobody is reminded again should they come back.
    """
    row = locked_with_customer(FamilyMember, member_id)
    profile_id, relative_id = row.profile_id, row.relative_id
    reminders = list(row.occasion_reminders.order_by("pk").values("id", *KEPT))
    remove(row, verb="family.remove", by=by, beside={"occasion_reminders": reminders} if reminders else {})
    refresh_summaries(tenant=tenant, profile_ids=known_ids(profile_id, relative_id), behaves_as_before=True)
    return uuid.UUID(str(profile_id))


@transaction.atomic
def restore_family_member(*, tenant: Tenant, by: Actor, member_id: uuid.UUID) -> FamilyMember:
    """Bring a removed relative back as they were; one who was merged meanwhile is the survivor.

    Raises RowNotFound, StillThere, and AlreadyFamily where the two were linked anew.
    """
    row = removed_row(FamilyMember, member_id, verb="family.remove")
    if row.relative_id is not None:
        own = survivors([row.relative_id]).get(row.relative_id)
        row.relative_id = own if own != row.profile_id else None
    if row.relative_id is not None and are_linked(row.profile_id, row.relative_id, but=row.pk):
        raise AlreadyFamily
    add(row, verb="family.restore", by=by)
    _restore_reminders(row)
    refresh_summaries(
        tenant=tenant, profile_ids=known_ids(row.profile_id, row.relative_id), behaves_as_before=True
    )
    return row


def _restore_reminders(row: FamilyMember) -> None:
    said = removal_of(FamilyMember, row.pk, verb="family.remove").get("occasion_reminders")
    if said is None:
        return
    fields = {field.name: field for field in OccasionReminder._meta.concrete_fields}
    reminders = [
        OccasionReminder(
            profile_id=row.profile_id,
            family_member=row,
            **{name: fields[name].to_python(value) for name, value in kept.items()},
        )
        for kept in said[0]
    ]
    moments = [reminder.created_at for reminder in reminders]
    OccasionReminder.objects.bulk_create(reminders)
    # Being inserted has made it now.
    for reminder, moment in zip(reminders, moments, strict=True):
        reminder.created_at = moment
    OccasionReminder.objects.bulk_update(reminders, ["created_at"])
