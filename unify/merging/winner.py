"""Which of several customers should survive."""

from __future__ import annotations

from collections.abc import Sequence

from profiles.choices import ProfileStatus
from profiles.models import Profile
from unify.merging.state import State
from unify.merging.survivorship import completeness


def suggest_winner(profiles: Sequence[Profile]) -> Profile:
    """Return who should survive: one with a login, active, the most complete, then the oldest."""
    points = {one.pk: completeness(State.of(one)) for one in profiles}
    return min(
        profiles,
        key=lambda one: (
            one.auth_user_id is None,
            one.status != ProfileStatus.ACTIVE,
            -points[one.pk],
            one.created_at,
            one.pk,
        ),
    )
