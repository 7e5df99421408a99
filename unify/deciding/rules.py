"""A tenant's rules of survivorship, as merging takes them."""

from __future__ import annotations

from unify.merging.rules import SurvivorshipRules
from unify.models import MatchSettings


def rules_of(settings: MatchSettings) -> SurvivorshipRules:
    """Return whose word counts for which field, by the tenant's settings."""
    return SurvivorshipRules.of({"fields": settings.survivorship, "sources": settings.source_ranks})
