"""Saying that a recommendation is wrong."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cdm.choices import WrongReason
from cdm.errors import SEE
from cdm.models import Recommendation, RecommendationFeedback
from cdm.operations.take_back_feedback import take_back_feedback
from cdm.recommending.errors import NoRecommendation
from cdm.recommending.feedback import is_over, silences
from cdm.recommending.situations import today_of
from cdp import audit
from cdp.actors import Actor
from cdp.choices import ActorKind
from cdp.errors import Invalid
from cdp.models import Membership, Tenant
from profiles.normalisation.errors import InvalidText
from profiles.normalisation.names import clean_text

MOST_PRODUCTS = 5
LONGEST_NOTE = 500


@transaction.atomic
def say_wrong(
    *, tenant: Tenant, by: Actor, profile_id: uuid.UUID, reason: str, note: str = ""
) -> RecommendationFeedback:
    """Keep that ``by`` found the customer's recommendation wrong, with what it said at that moment.

    Said again by the same person on the same day, or while it still keeps the customer off the lists, it
    replaces what they said; afterwards it is said anew. How long the customer is left off the lists follows
    from the reason (`cdm.recommending.feedback`). Raises Invalid, NoRecommendation.
    """
    if reason not in WrongReason.values:
        keys = ", ".join(WrongReason.values)
        raise Invalid(SEE, fields={"reason": [_("Use one of: %(keys)s.") % {"keys": keys}]})
    row = Recommendation.objects.select_for_update().filter(profile=profile_id).first()
    if row is None:
        raise NoRecommendation
    mine = _replaced(tenant, by, profile_id, WrongReason(reason))
    values = {"reason": reason, "note": _cleaned(note), "said_about": said_about(row)}
    before = {} if mine is None else {"reason": mine.reason, "note": mine.note}
    said = mine or RecommendationFeedback(
        profile_id=profile_id, agent=_member(tenant, by), created_by=str(by)
    )
    for name, value in values.items():
        setattr(said, name, value)
    said.updated_by = str(by)
    said.save()
    after = {"reason": said.reason, "note": said.note}
    audit.record(
        verb="recommendation.say_wrong", obj=said, by=by, changes=audit.changed_fields(before, after)
    )
    return said


def _replaced(
    tenant: Tenant, by: Actor, profile_id: uuid.UUID, reason: WrongReason
) -> RecommendationFeedback | None:
    """Return what ``by`` said before, where saying ``reason`` now corrects it."""
    rows = RecommendationFeedback.objects.filter(
        profile=profile_id, created_by=str(by), taken_back_at=None
    ).order_by("-created_at", "-id")
    mine: RecommendationFeedback | None = rows.first()
    now = timezone.now()
    if mine is None or today_of(tenant, mine.created_at) == today_of(tenant, now):
        return mine
    if not silences(mine, now):
        return None
    if is_over(reason, mine.created_at, now):
        # Its pause, counted from back then, would be no pause: what was said ends, and this begins today.
        take_back_feedback(tenant=tenant, by=by, profile_id=profile_id, feedback_id=mine.pk)
        return None
    return mine


def _member(tenant: Tenant, by: Actor) -> Membership | None:
    """Return the membership of a person; programs have none."""
    if by.kind != ActorKind.USER or by.id is None:
        return None
    return Membership.objects.filter(tenant=tenant, user_id=by.id).first()


def said_about(row: Recommendation) -> dict[str, object]:
    """Return what a recommendation says, in short."""
    products = [*row.usual_products, *row.new_products][:MOST_PRODUCTS]
    return {
        "priority": row.priority,
        "offer_type": row.offer_type,
        "next_action": row.next_action,
        "products": [one["name"] for one in products],
    }


def _cleaned(note: str) -> str:
    try:
        return clean_text(note, max_length=LONGEST_NOTE)
    except InvalidText as error:
        raise Invalid(SEE, fields={"note": [error.words()]}) from error
