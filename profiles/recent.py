"""The customers a person had open lately; kept in the cache, because losing them costs nothing."""

from __future__ import annotations

import uuid

from cdp.models import Membership
from cdp.recall import keep, recall
from profiles.models import Profile

KEPT = 8
KEPT_FOR = 30 * 24 * 60 * 60


def note_opened(member: Membership, profile_id: uuid.UUID) -> None:
    """Remember that a person opened a customer."""
    before = _ids(member)
    now = [str(profile_id), *(one for one in before if one != str(profile_id))][:KEPT]
    if now != before:
        keep(_key(member), now, KEPT_FOR)


def opened_lately(member: Membership) -> list[Profile]:
    """Return the customers a person had open lately, the latest first; those that are gone are left out."""
    ids = [uuid.UUID(one) for one in _ids(member)]
    if not ids:
        return []
    found = {profile.pk: profile for profile in Profile.objects.visible().filter(pk__in=ids)}
    return [found[one] for one in ids if one in found]


def _ids(member: Membership) -> list[str]:
    return recall(_key(member)) or []


def _key(member: Membership) -> str:
    return f"profiles.recent.{member.tenant_id}.{member.pk}"
