"""Who is likely to survive a merge, while nobody has said so."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db.models import prefetch_related_objects

from profiles.choices import ProfileStatus
from profiles.completion import completion_score
from profiles.models import Profile


def likely_winner(profiles: Iterable[Profile]) -> uuid.UUID:
    """Return the most complete active customer; of several, the one known longest."""
    rows = list(profiles)
    prefetch_related_objects(rows, "profile_tags", "identifiers")
    return min(rows, key=_rank).pk


def _rank(profile: Profile) -> tuple[bool, int, object, uuid.UUID]:
    is_inactive = profile.status != ProfileStatus.ACTIVE
    return is_inactive, -completion_score(profile), profile.created_at, profile.pk
