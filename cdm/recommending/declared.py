"""What this part adds to the apps below; nothing heavy is imported before it is needed."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence

from cdm.models import Recommendation, RuleFiring
from cdp.actors import Actor
from cdp.models import Tenant
from profiles.registries import demo_steps, derived_rows


def declare() -> None:
    """Register with the apps below."""
    demo_steps.register("recommendations", _recommend)
    derived_rows.register("cdm.Recommendation", _remove_recommendations)
    derived_rows.register("cdm.RuleFiring", _remove_firings)


def _recommend(tenant: Tenant, people: Sequence[Actor]) -> None:
    from cdm.recommending.demo import recommend  # noqa: PLC0415 (brings NumPy, which no web process needs)

    recommend(tenant, people)


def _remove_recommendations(profile_ids: Collection[uuid.UUID]) -> None:
    """Delete the recommendations of customers who are about to be deleted."""
    Recommendation.objects.filter(profile_id__in=list(profile_ids)).delete()


def _remove_firings(profile_ids: Collection[uuid.UUID]) -> None:
    """Delete what rules did about customers who are about to be deleted."""
    RuleFiring.objects.filter(profile_id__in=list(profile_ids)).delete()
