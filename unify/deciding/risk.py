"""Which merges are risky enough to ask two people."""

from __future__ import annotations

from collections.abc import Collection

from profiles.choices import ProfileType
from profiles.models import CustomerEvent, Profile
from unify.models import MatchSettings


def is_risky(profiles: Collection[Profile], *, has_conflict: bool, settings: MatchSettings) -> bool:
    """Tell whether there is a conflict, a company, or a customer with a long history among them."""
    if has_conflict or any(profile.type == ProfileType.COMPANY for profile in profiles):
        return True
    return any(_has_many_events(profile, settings.risky_events) for profile in profiles)


def _has_many_events(profile: Profile, number: int) -> bool:
    if number == 0:
        return True
    # Never counts further than it has to.
    events = CustomerEvent.objects.filter(profile=profile).order_by("-timestamp", "-id")
    return events.values("pk")[number - 1 : number].exists()
