"""Who can be called at a moment, best first."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import TruncDate

from cdm.choices import CallListName
from cdm.models import CustomerSummary, Recommendation, WorkingRules
from cdm.recommending.feedback import silenced
from cdp.models import Tenant
from cdp.tenancy.models import TenantQuerySet
from profiles.choices import ProfileStatus


def best_first(
    tenant: Tenant, name: str, rules: WorkingRules, now: datetime
) -> TenantQuerySet[Recommendation]:
    """Return the recommendations of a list, held-out customers included.

    Left out are who rests after a contact, who has ordered since the day the numbers were made on, and whose
    recommendation was called wrong for a reason that asks for silence; and who since last night was merged
    into somebody else, is no customer any more, or has asked to be left alone.
    """
    mine = CustomerSummary.objects.filter(profile=OuterRef("profile"))
    resting = mine.filter(last_contact_at__gt=now - timedelta(days=rules.rest_days))
    # The numbers know the orders before the day they were made on.
    ordered_on = TruncDate("last_order_at", tzinfo=ZoneInfo(tenant.time_zone))
    ordered = mine.alias(ordered_on=ordered_on).filter(ordered_on__gte=OuterRef("fit__cutoff_on"))
    quiet = silenced(now).filter(profile=OuterRef("profile"))
    rows = Recommendation.objects.filter(
        ~Exists(quiet),
        ~Exists(resting),
        ~Exists(ordered),
        is_contactable=True,
        profile__status=ProfileStatus.ACTIVE,
    ).exclude(profile__contact_preferences__contains={"doNotContact": True})
    key = "room" if name == CallListName.ROOM_TO_WIN else "total_points"
    return rows.order_by(F(key).desc(), "id")
