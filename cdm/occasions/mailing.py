"""One mail per agent and morning, with the occasions they were not told of yet."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from cdm.models import OccasionReminder, Ownership
from cdp.logging import log
from cdp.models import Membership, Tenant
from cdp.site_address import site_address

MOST_LINES = 100
# A worker that died while sending is given this long before somebody else tries.
PATIENCE = timedelta(minutes=10)


class NotMailed(Exception):
    """One agent's mail could not be sent; those of the others may be."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


def mail_digests(*, tenant: Tenant, now: datetime | None = None) -> int:
    """Mail every agent the reminders of their customers that no mail has told them of; return how many mails.

    Reminders are claimed before the mail goes, so two workers never send the same; where sending fails the
    claim is given back, the other agents get theirs, and the next round tries again. What has passed
    meanwhile is not mentioned. Raises, at the end, the first of the errors.

    Sent at least once: what a worker that died had claimed is sent ten minutes later, though it may have died
    after the mail had gone. Nobody can tell the two, and a birthday told twice is better than one never told.
    The second mail carries the first one's Message-ID, by which mail systems know a mail they have.
    """
    sent, problems = 0, []
    for member in Membership.objects.filter(tenant=tenant, is_active=True, user__is_active=True):
        try:
            sent += _tell(tenant, member, now or timezone.now())
        except NotMailed as failure:
            kind = type(failure.error).__name__
            log.warning("occasions not mailed", member_id=str(member.pk), kind=kind)
            problems.append(failure.error)
    if problems:
        raise problems[0]
    return sent


def _tell(tenant: Tenant, member: Membership, at: datetime) -> bool:
    """Mail one agent, where there is something to tell; return whether there was. Raises NotMailed."""
    claimed = _claim(tenant, member, at)
    if not claimed:
        return False
    ours = OccasionReminder.objects.filter(pk__in=claimed, claimed_at=at)
    try:
        _send(tenant, member, claimed)
    except Exception as error:
        # Not told after all: the next round tries again.
        ours.update(claimed_at=None)
        raise NotMailed(error) from error
    ours.update(mailed_at=at, claimed_at=None)
    return True


@transaction.atomic
def _claim(tenant: Tenant, member: Membership, at: datetime) -> list[uuid.UUID]:
    today = timezone.localdate(at, timezone=ZoneInfo(tenant.time_zone))
    own = Ownership.objects.filter(owner=member).values("profile_id")
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lte=at - PATIENCE)
    waiting = OccasionReminder.objects.select_for_update(skip_locked=True).filter(
        free, mailed_at__isnull=True, occurs_on__gte=today, profile__in=own
    )
    ids = list(waiting.order_by("pk").values_list("pk", flat=True))
    OccasionReminder.objects.filter(pk__in=ids).update(claimed_at=at)
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
        subject,
        render_to_string("cdm/mail/occasions.txt", context),
        to=[member.user.email],
        headers={"Message-ID": _message_id(member, claimed)},
    )
    message.send()


def _message_id(member: Membership, claimed: Sequence[uuid.UUID]) -> str:
    """Return the id of the mail that tells this person of these reminders: the same, whoever sends it."""
    digest = uuid.uuid5(member.pk, ",".join(sorted(map(str, claimed))))
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<occasions.{digest}@{domain}>"
