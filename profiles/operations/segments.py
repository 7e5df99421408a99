"""Making, changing and removing segments."""

from __future__ import annotations

import uuid

from django.db import IntegrityError, transaction

from cdp import audit
from cdp.actors import Actor
from cdp.errors import Conflict, NotFound
from cdp.models import Tenant
from profiles.models import Segment


class SegmentNameTaken(Conflict):
    """Another segment has this name."""

    slug = "segment-name-taken"

    def __init__(self) -> None:
        message = "There is already a segment with this name."
        super().__init__(message, fields={"name": [message]})


def create_segment(*, tenant: Tenant, by: Actor, name: str, description: str = "") -> Segment:
    """Make a segment; raises SegmentNameTaken."""
    try:
        with transaction.atomic():
            segment: Segment = Segment.objects.create(
                name=name, description=description, created_by=str(by), updated_by=str(by)
            )
            audit.record(verb="segment.create", obj=segment, by=by, changes={"name": [None, name]})
            return segment
    except IntegrityError as error:
        raise SegmentNameTaken from error


def update_segment(*, tenant: Tenant, by: Actor, segment_id: uuid.UUID, **values: str) -> Segment:
    """Change a segment's ``name`` or ``description``; raises NotFound, SegmentNameTaken."""
    try:
        with transaction.atomic():
            segment = _locked(segment_id)
            changes = audit.changed_fields({name: getattr(segment, name) for name in values}, values)
            if changes:
                for name, value in values.items():
                    setattr(segment, name, value)
                segment.updated_by = str(by)
                segment.save(update_fields=[*values, "updated_at", "updated_by"])
                audit.record(verb="segment.update", obj=segment, by=by, changes=changes)
            return segment
    except IntegrityError as error:
        raise SegmentNameTaken from error


@transaction.atomic
def delete_segment(*, tenant: Tenant, by: Actor, segment_id: uuid.UUID) -> None:
    """Remove a segment with its memberships, not the customers in it; raises NotFound."""
    segment = _locked(segment_id)
    audit.record(verb="segment.delete", obj=segment, by=by, changes={"name": [segment.name, None]})
    segment.delete()


def _locked(segment_id: uuid.UUID) -> Segment:
    segment: Segment | None = Segment.objects.select_for_update().filter(pk=segment_id).first()
    if segment is None:
        raise NotFound("There is no such segment.")
    return segment
