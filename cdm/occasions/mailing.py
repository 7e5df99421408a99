"""One mail per agent and morning, with the occasions they were not told of yet."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from cdm.models import OccasionReminder, Ownership
from cdp.models import Membership, Tenant
from cdp.site_address import site_address

MOST_LINES = 100


def mail_digests(*, tenant: Tenant, now: datetime | None = None) -> int:
    """Mail every agent the reminders of their customers that no mail has told them of; return how many mails.

    Reminders are claimed before the mail goes, so two workers never send the same; where sending fails the
    claim is given back, and the next round tries again. What has passed meanwhile is not mentioned.
    """
    at = now or timezone.now()
    today = timezone.localdate(at, timezone=ZoneInfo(tenant.time_zone))
    sent = 0
    for member in Membership.objects.filter(tenant=tenant, is_active=True, user__is_active=True):
        claimed = _claim(member, today, at)
        if claimed:
            _send(tenant, member, claimed)
            sent += 1
    return sent


@transaction.atomic
def _claim(member: Membership, today: object, at: datetime) -> list[uuid.UUID]:
    own = Ownership.objects.filter(owner=member).values("profile_id")
    waiting = OccasionReminder.objects.select_for_update(skip_locked=True).filter(
        mailed_at__isnull=True, occurs_on__gte=today, profile__in=own
    )
    ids = list(waiting.order_by("pk").values_list("pk", flat=True))
    OccasionReminder.objects.filter(pk__in=ids).update(mailed_at=at)
    return ids


def _send(tenant: Tenant, member: Membership, claimed: Sequence[uuid.UUID]) -> None:
    rows = OccasionReminder.objects.filter(pk__in=claimed).select_related("profile", "family_member")
    lines = list(rows.order_by("occurs_on", "profile__name", "pk")[:MOST_LINES])
    context = {
        "tenant": tenant,
        "name": member.shown_name,
        "lines": lines,
        "number": len(claimed),
        "more": len(claimed) - len(lines),
        "link": site_address() + reverse("admin:cdm_activitytask_changelist"),
    }
    subject = "".join(render_to_string("cdm/mail/occasions_subject.txt", context).splitlines())
    message = EmailMessage(
        subject, render_to_string("cdm/mail/occasions.txt", context), None, [member.user.email]
    )
    try:
        message.send()
    except OSError:
        # Not told after all: the next round tries again.
        OccasionReminder.objects.filter(pk__in=claimed).update(mailed_at=None)
        raise
