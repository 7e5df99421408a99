"""Telling programs that rules have fired."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from cdm.automation.outgoing import ForbiddenAddress, HostNotFound, WebhookRefused, send
from cdm.models import RuleFiring
from cdp.logging import log
from cdp.models import Tenant
from profiles.models import Profile

PENDING, SENT, FAILED = "pending", "sent", "failed"
MOST_ATTEMPTS = 8
# A worker that died while sending is given this long before somebody else tries.
PATIENCE = timedelta(minutes=10)
FIRST_PAUSE = timedelta(minutes=1)
MOST_AT_ONCE = 500
FAILURES = (httpx.HTTPError, OSError, HostNotFound, WebhookRefused)


def send_firings(*, tenant: Tenant) -> int:
    """Send every message that is due; return how many went out. What fails is tried again, eight times."""
    sent = 0
    for _ in range(MOST_AT_ONCE):
        firing = _claim()
        if firing is None:
            break
        if firing.attempts > MOST_ATTEMPTS:
            _keep(firing, FAILED, problem=gettext("It was stopped each time it was being sent."))
        else:
            sent += _send(firing, tenant)
    return sent


@transaction.atomic
def _claim() -> RuleFiring | None:
    now = timezone.now()
    rows = RuleFiring.objects.select_for_update(skip_locked=True, of=("self",)).select_related("rule")
    firing: RuleFiring | None = (
        rows.filter(delivery=PENDING, send_at__lte=now).order_by("send_at", "pk").first()
    )
    if firing is not None:
        firing.attempts += 1
        firing.send_at = now + PATIENCE
        firing.save(update_fields=["attempts", "send_at"])
    return firing


def _send(firing: RuleFiring, tenant: Tenant) -> bool:
    """Send one message, outside of any transaction."""
    try:
        send(tenant, firing.actions["webhook"], firing.pk, payload_of(firing))
    except FAILURES as error:
        log.warning("firing of a rule not delivered", firing_id=str(firing.pk), kind=type(error).__name__)
        state = FAILED if firing.attempts >= MOST_ATTEMPTS else PENDING
        _keep(firing, state, problem=f"{type(error).__name__}: {error}")
        return False
    except ForbiddenAddress as error:
        _keep(firing, FAILED, problem=error.detail)
        return False
    except Profile.DoesNotExist:
        # Deleted since; it would stand in the way of those that wait behind it, time and again.
        _keep(firing, FAILED, problem=gettext("There is no such customer."))
        return False
    _keep(firing, SENT, problem="")
    return True


def _keep(firing: RuleFiring, state: str, *, problem: str) -> None:
    firing.delivery, firing.problem = state, problem.replace("\x00", "")[:300]
    firing.send_at = None
    if state == PENDING:
        firing.send_at = timezone.now() + FIRST_PAUSE * 2 ** (firing.attempts - 1)
    firing.save(update_fields=["delivery", "problem", "send_at"])


def payload_of(firing: RuleFiring) -> dict[str, Any]:
    """Return what a program is told: who, by now, and why; it asks the API for the rest."""
    customer = Profile.objects.follow(firing.profile_id)
    return {
        "type": "rule.fired",
        "timestamp": firing.fired_at.isoformat(),
        "data": {
            "firingId": str(firing.pk),
            "ruleId": str(firing.rule_id),
            "ruleName": firing.rule.name,
            "customerId": str(customer.pk),
        },
    }
