"""Fetching customers for the API, in a constant number of queries."""

from __future__ import annotations

import uuid

from django.db.models import F, OrderBy, Prefetch

from cdp.errors import Conflict
from profiles.errors import ProfileNotFound
from profiles.models import Profile, ProfileIdentifier, ProfileTag
from profiles.querysets import ProfileQuerySet

# Only what an index can sort by: a list must not become slower with every customer.
SORTS: dict[str, str] = {
    "createdAt": "created_at",
    "updatedAt": "updated_at",
    "name": "name",
    "lastActivityAt": "last_activity_at",
}


def summaries(profiles: ProfileQuerySet) -> ProfileQuerySet:
    """Fetch what lists answer."""
    return profiles.defer("search_text", "metadata", "attributes").prefetch_related(*_parts())


def sorted_by(profiles: ProfileQuerySet, name: str, *, is_descending: bool) -> ProfileQuerySet:
    """Sort by one of SORTS; customers without activity are the least recent."""
    column = F(SORTS[name])
    if name == "lastActivityAt":
        first = column.desc(nulls_last=True) if is_descending else column.asc(nulls_first=True)
    else:
        first = OrderBy(column, descending=is_descending)
    return profiles.order_by(first, OrderBy(F("id"), descending=is_descending))


def followed(profile_id: uuid.UUID) -> Profile:
    """Return a customer; a merged id stands for its survivor. Raises ProfileNotFound."""
    return _follow(Profile.objects.defer("search_text"), profile_id)


def fetched(profile_id: uuid.UUID) -> Profile:
    """Return a customer with all parts; a merged id stands for its survivor. Raises ProfileNotFound."""
    customers = Profile.objects.defer("search_text").prefetch_related(*_parts(), "contact_points")
    return _follow(customers, profile_id)


def fetched_by_external_id(source: str, external_id: str, source_type: str | None) -> Profile:
    """Return the customer a source knows by an id; raises ProfileNotFound, or Conflict for several."""
    rows = ProfileIdentifier.objects.filter(source=source, external_id=external_id, is_active=True)
    if source_type is not None:
        rows = rows.filter(source_type=source_type)
    owners = set(rows.values_list("profile_id", flat=True))
    if len(owners) > 1:
        message = "Several customers have this id: say of which kind of record it is."
        raise Conflict(message, fields={"sourceType": [message]})
    if not owners:
        raise ProfileNotFound
    return fetched(owners.pop())


def _follow(customers: ProfileQuerySet, profile_id: uuid.UUID) -> Profile:
    try:
        return customers.follow(profile_id)
    except Profile.DoesNotExist as error:
        raise ProfileNotFound from error


def _parts() -> tuple[str | Prefetch[str], ...]:
    tags = Prefetch("profile_tags", ProfileTag.objects.select_related("tag").order_by("tag__name"))
    return "identifiers", tags, "segment_memberships"
