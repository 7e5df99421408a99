"""Telling people that the review queue grows."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from cdp.choices import Role
from cdp.languages import language_of
from cdp.models import Membership, Tenant
from cdp.permissions import UNIFY_MERGE, codes_of
from cdp.site_address import site_address
from unify.choices import CaseState
from unify.deciding.progress import midnight, waiting_count
from unify.finding.current import settings_of
from unify.models import MatchSettings, ReviewCase

# Local hours in which a mail may be sent: a job that was late still reaches people before noon.
MORNING = range(7, 11)
# A queue that stays as long as it is is mentioned again after this.
REMINDED_AFTER = timedelta(days=7)


def tell_admins(*, tenant: Tenant) -> int:
    """Mail those who may merge when many cases wait; return how many people were told.

    Once a day at most, in the tenant's morning, and only while the queue grows, or once a week.
    """
    if timezone.now().astimezone(ZoneInfo(tenant.time_zone)).hour not in MORNING:
        return 0
    settings, waiting = settings_of(tenant), waiting_count(tenant)
    if not settings.digest_from or waiting < settings.digest_from:
        # From here on every growth past the bound is news.
        MatchSettings.objects.filter(told_count__gt=0).update(told_count=0)
        return 0
    people = _people(tenant)
    if not people or not _is_news(tenant, settings, waiting):
        return 0
    if not _mark(settings, timezone.now(), waiting):
        return 0  # another worker is telling them
    try:
        _send(tenant, people, settings, waiting)
    except OSError:
        # Not told after all: the next round tries again.
        MatchSettings.objects.update(told_at=settings.told_at, told_count=settings.told_count)
        raise
    return len(people)


def _is_news(tenant: Tenant, settings: MatchSettings, waiting: int) -> bool:
    if settings.told_at is None:
        return True
    if settings.told_at >= midnight(tenant):
        return False
    return waiting > settings.told_count or timezone.now() - settings.told_at >= REMINDED_AFTER


def _mark(settings: MatchSettings, now: datetime, waiting: int) -> bool:
    unchanged = MatchSettings.objects.filter(pk=settings.pk, told_at=settings.told_at)
    return bool(unchanged.update(told_at=now, told_count=waiting))


def _people(tenant: Tenant) -> list[str]:
    roles = [role for role in Role.values if UNIFY_MERGE in codes_of(role)]
    members = Membership.objects.filter(tenant=tenant, is_active=True, user__is_active=True, role__in=roles)
    return sorted(members.values_list("user__email", flat=True))


def _send(tenant: Tenant, people: list[str], settings: MatchSettings, waiting: int) -> None:
    context = {
        "tenant": tenant,
        "number": waiting,
        "grown": waiting - settings.told_count if settings.told_at else 0,
        "second": ReviewCase.objects.filter(state=CaseState.SECOND).count(),
        "least": settings.digest_from,
        "link": site_address() + reverse("review"),
    }
    with override(language_of(tenant)):
        subject = "".join(render_to_string("unify/mail/digest_subject.txt", context).splitlines())
        body = render_to_string("unify/mail/digest.txt", context)
    # Hidden from one another: who works at a company is for the company to say.
    EmailMessage(subject, body, None, bcc=people).send()
