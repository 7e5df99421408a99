"""Taking back that a recommendation is wrong."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import timezone

from cdm.models import RecommendationFeedback
from cdm.recommending.errors import NothingSaid
from cdp import audit
from cdp.actors import Actor
from cdp.models import Tenant


@transaction.atomic
def take_back_feedback(
    *, tenant: Tenant, by: Actor, profile_id: uuid.UUID, feedback_id: uuid.UUID | None = None
) -> RecommendationFeedback:
    """Take back one word about a customer's recommendation, or else the latest that stands.

    It stays in the history, and the customer comes back to the lists. Raises NothingSaid.
    """
    rows = RecommendationFeedback.objects.select_for_update().filter(profile=profile_id, taken_back_at=None)
    if feedback_id is not None:
        rows = rows.filter(pk=feedback_id)
    said = rows.order_by("-created_at", "-id").first()
    if said is None:
        raise NothingSaid
    said.taken_back_at, said.updated_by = timezone.now(), str(by)
    said.save(update_fields=["taken_back_at", "updated_by", "updated_at"])
    audit.record(
        verb="recommendation.take_back",
        obj=said,
        by=by,
        changes={"taken_back_at": (None, said.taken_back_at.isoformat())},
    )
    return said
