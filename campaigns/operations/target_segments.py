"""Segments that follow a target profile."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext

from campaigns.budgeting.periods import local_today
from campaigns.choices import AssetKind
from campaigns.errors import AssetNotFound, NameTaken
from campaigns.models import TargetProfile, TargetSegment
from campaigns.operations.writing import find_asset
from campaigns.targeting.size import matching_customers
from cdp import audit
from cdp.actors import Actor
from cdp.models import Tenant
from profiles.models import SegmentMembership
from profiles.operations.segments import create_segment

SEGMENTS = Actor.system("target segments")


def target_segment_ids() -> list[uuid.UUID]:
    """Return the segments that follow a target profile which is not in the bin."""
    rows = TargetSegment.objects.filter(target__deleted_at__isnull=True).order_by("pk")
    return list(rows.values_list("pk", flat=True))


@transaction.atomic
def follow_target(*, tenant: Tenant, by: Actor, target_id: uuid.UUID, name: str = "") -> TargetSegment:
    """Make a segment of the customers a target profile meets, which keeps itself current.

    Raises AssetNotFound, NameTaken when the target has one, SegmentNameTaken.
    """
    target: TargetProfile = find_asset(AssetKind.TARGET_PROFILE, target_id, lock=True)
    if TargetSegment.objects.filter(target=target).exists():
        raise NameTaken("targetId")
    segment = create_segment(
        tenant=tenant,
        by=by,
        name=(name or target.name)[:100],
        description=f"Customers the target profile “{target.name}” meets; kept current."[:500],
    )
    followed: TargetSegment = TargetSegment.objects.create(
        target=target, segment=segment, created_by=str(by), updated_by=str(by)
    )
    audit.record(verb="target_profile.follow", obj=target, by=by, changes={"segment": [None, segment.name]})
    return refresh_target_segment(tenant=tenant, by=by, target_segment_id=followed.pk)


@transaction.atomic
def unfollow_target(*, tenant: Tenant, by: Actor, target_id: uuid.UUID) -> None:
    """Leave the segment as it is from now on; raises AssetNotFound."""
    followed = _locked(target=target_id)
    audit.record(
        verb="target_profile.unfollow", obj=followed.target, by=by, changes={"segment": [str(followed), None]}
    )
    followed.delete()


@transaction.atomic
def refresh_target_segment(*, tenant: Tenant, by: Actor, target_segment_id: uuid.UUID) -> TargetSegment:
    """Make the segment hold exactly the customers the target meets now. Raises AssetNotFound."""
    followed = _locked(pk=target_segment_id)
    wanted = matching_customers(followed.target, local_today(tenant)).values("pk")
    members = SegmentMembership.objects.filter(segment_id=followed.segment_id)
    left, _rows = members.exclude(Exists(wanted.filter(pk=OuterRef("profile_id")))).delete()
    came = _add(followed, wanted)
    before = followed.size
    followed.size, followed.refreshed_at = members.count(), timezone.now()
    followed.save(update_fields=["size", "refreshed_at", "updated_at"])
    if came or left:
        changes: dict[str, list[Any]] = {
            "customers": [before, followed.size],
            "came": [None, came],
            "left": [None, left],
        }
        audit.record(verb="target_profile.refresh_segment", obj=followed.target, by=by, changes=changes)
    return followed


def _add(followed: TargetSegment, wanted: Any) -> int:
    """Insert the missing memberships in one statement: a segment may hold a million customers."""
    # A target that can meet nobody is a query of no rows here, not an exception.
    query, parameters = wanted.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    table = SegmentMembership._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (id, tenant_id, segment_id, profile_id, created_at)"  # noqa: S608 (our own)
            f" SELECT gen_random_uuid(), %s, %s, met.id, now() FROM ({query}) AS met (id)"
            " ON CONFLICT DO NOTHING",
            [followed.tenant_id, followed.segment_id, *parameters],
        )
        return int(cursor.rowcount)


def _locked(**named: Any) -> TargetSegment:
    rows = TargetSegment.objects.select_for_update(of=("self",)).select_related("target")
    followed: TargetSegment | None = rows.filter(**named).first()
    if followed is None:
        raise AssetNotFound(gettext("segment of this target profile"))
    return followed
