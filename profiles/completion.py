"""How complete a customer is: basics 30 points, profile 30, extras 20, identifiers 20."""

from __future__ import annotations

from dataclasses import dataclass

from profiles.choices import ProfileType
from profiles.models import Profile

BASIC, PROFILE, EXTRA, IDENTIFIERS = 30, 30, 20, 20
ENOUGH_IDENTIFIERS = 2

_BASIC = ("name", "email", "phone", "address")
_PROFILE = {
    ProfileType.INDIVIDUAL: ("first_name", "last_name", "date_of_birth", "gender", "company_name"),
    ProfileType.COMPANY: ("company_name", "company_tax_id", "industry", "company_size", "website"),
}


@dataclass(frozen=True, slots=True)
class Completion:
    """A score of 0 to 100, and the fields whose absence costs points."""

    score: int
    missing: list[str]


def completion(profile: Profile) -> Completion:
    """Score a customer; uses prefetched tags and identifiers where there are any."""
    basic = [field for field in _BASIC if not getattr(profile, field)]
    own_fields = _PROFILE[ProfileType(profile.type)]
    own = [field for field in own_fields if not getattr(profile, field)]
    has_tags, has_attributes = bool(profile.profile_tags.all()), bool(profile.attributes)
    identifiers = min(sum(i.is_active for i in profile.identifiers.all()), ENOUGH_IDENTIFIERS)
    points = (
        BASIC * (len(_BASIC) - len(basic)) / len(_BASIC)
        + PROFILE * (len(own_fields) - len(own)) / len(own_fields)
        + EXTRA * (has_tags + has_attributes) / 2
        + IDENTIFIERS * identifiers / ENOUGH_IDENTIFIERS
    )
    missing = [*basic, *own]
    missing += [] if has_tags else ["tags"]
    missing += [] if has_attributes else ["attributes"]
    missing += [] if identifiers else ["identifiers"]
    return Completion(round(points), missing)


def completion_score(profile: Profile) -> int:
    """Return the score alone."""
    return completion(profile).score
