"""Sending the alerts that wait."""

from __future__ import annotations

import smtplib
import time
from datetime import timedelta
from typing import Any

import httpx
from celery.exceptions import SoftTimeLimitExceeded
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from campaigns.choices import AlertChannel, DeliveryState
from campaigns.models import BudgetAlertDelivery
from cdp.logging import log
from cdp.models import Tenant
from cdp.operations.webhook_secrets import signing_secrets
from cdp.outgoing.addresses import ForbiddenAddress, HostNotFound, allowed_hosts
from cdp.outgoing.webhook import WebhookRefused, send_webhook
from cdp.sealing import CannotUnseal

MOST_ATTEMPTS = 8
# A worker that died while sending is given this long before somebody else tries.
PATIENCE = timedelta(minutes=10)
FIRST_PAUSE = timedelta(minutes=1)
FAILURES = (
    *(httpx.HTTPError, smtplib.SMTPException, OSError, HostNotFound, WebhookRefused, CannotUnseal),
    SoftTimeLimitExceeded,
)
# The job runs every five minutes: it takes up nothing new after these, and what hangs is cut off before
# somebody else takes it for dead.
SECONDS_OF_A_RUN = 4 * 60
MOST_SECONDS_OF_A_RUN = 8 * 60


def deliver_alerts(*, tenant: Tenant) -> int:
    """Send every alert that is due; return how many went out. What fails is tried again, eight times."""
    _give_up_dead()
    sent, until = 0, time.monotonic() + SECONDS_OF_A_RUN
    while time.monotonic() < until and (delivery := _claim()) is not None:
        sent += _deliver(delivery, tenant)
    return sent


def _give_up_dead() -> None:
    """End what killed its worker every time."""
    dead = BudgetAlertDelivery.objects.filter(
        state=DeliveryState.SENDING, attempts__gte=MOST_ATTEMPTS, claimed_at__lte=timezone.now() - PATIENCE
    )
    dead.update(state=DeliveryState.FAILED, problem="The worker ended while sending, every time.")


def _claim() -> BudgetAlertDelivery | None:
    now = timezone.now()
    due = Q()
    for attempts in range(MOST_ATTEMPTS):
        pause = FIRST_PAUSE * 2**attempts if attempts else timedelta(0)
        due |= Q(state=DeliveryState.PENDING, attempts=attempts) & (
            Q(claimed_at__isnull=True) | Q(claimed_at__lte=now - pause)
        )
    due |= Q(state=DeliveryState.SENDING, attempts__lt=MOST_ATTEMPTS, claimed_at__lte=now - PATIENCE)
    with transaction.atomic():
        rows = BudgetAlertDelivery.objects.select_for_update(skip_locked=True, of=("self",))
        delivery: BudgetAlertDelivery | None = rows.filter(due).order_by("fired_at", "pk").first()
        if delivery is not None:
            delivery.state, delivery.claimed_at = DeliveryState.SENDING, now
            delivery.attempts += 1
            delivery.save(update_fields=["state", "claimed_at", "attempts"])
    return delivery


def _deliver(delivery: BudgetAlertDelivery, tenant: Tenant) -> bool:
    """Send one message, outside of any transaction."""
    try:
        if delivery.channel == AlertChannel.EMAIL:
            _mail(delivery, tenant)
        else:
            _call(delivery, tenant)
    except FAILURES as error:
        is_last = delivery.attempts >= MOST_ATTEMPTS
        log.warning("budget alert not delivered", delivery_id=str(delivery.pk), kind=type(error).__name__)
        state = DeliveryState.FAILED if is_last else DeliveryState.PENDING
        _keep(delivery, state, problem=f"{type(error).__name__}: {error}")
        return False
    except ForbiddenAddress as error:
        _keep(delivery, DeliveryState.FAILED, problem=error.detail)
        return False
    except ValueError as error:
        # No message can be written to this address, whenever one tries.
        log.warning("budget alert given up", delivery_id=str(delivery.pk), kind=type(error).__name__)
        _keep(delivery, DeliveryState.FAILED, problem=f"{type(error).__name__}: {error}")
        return False
    _keep(delivery, DeliveryState.SENT, problem="")
    return True


def _keep(delivery: BudgetAlertDelivery, state: DeliveryState, *, problem: str) -> None:
    delivery.state, delivery.problem = state, problem.replace("\x00", "")[:300]
    delivery.sent_at = timezone.now() if state == DeliveryState.SENT else None
    delivery.save(update_fields=["state", "problem", "sent_at"])


def _mail(delivery: BudgetAlertDelivery, tenant: Tenant) -> None:
    context = {"delivery": delivery, "budget": delivery.budget, "tenant": tenant}
    subject = render_to_string("campaigns/mail/budget_alert_subject.txt", context)
    text = render_to_string("campaigns/mail/budget_alert.txt", context)
    # A name with a line break in it must not become a header.
    message = EmailMessage(" ".join(subject.split()), text, to=[delivery.address])
    message.extra_headers["Message-ID"] = f"<{delivery.pk}@budget-alerts>"
    message.send()


def _call(delivery: BudgetAlertDelivery, tenant: Tenant) -> None:
    send_webhook(
        delivery.address,
        message_id=delivery.pk,
        at=timezone.now(),
        payload=payload_of(delivery),
        secrets=signing_secrets(tenant),
        allowed=allowed_hosts(tenant),
    )


def payload_of(delivery: BudgetAlertDelivery) -> dict[str, Any]:
    """Return what a webhook is told."""
    budget = delivery.budget
    return {
        "type": "budget.threshold_reached",
        "timestamp": delivery.fired_at.isoformat(),
        "data": {
            "budgetId": str(budget.pk),
            "name": budget.name,
            "currency": budget.currency,
            "amount": str(budget.amount),
            "amountSpent": str(delivery.amount_spent),
            "percentageSpent": str(delivery.percentage),
            "threshold": str(delivery.threshold),
            "periodStartsOn": delivery.period_starts_on.isoformat(),
        },
    }
