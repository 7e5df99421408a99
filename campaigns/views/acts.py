"""What can be done on the page of one asset."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns.addresses import PLACE_OF, address_of
from campaigns.budgeting.periods import local_today
from campaigns.choices import AssetKind, PermissionLevel
from campaigns.forms.usage import UsageForm
from campaigns.models import CampaignProfileUsage
from campaigns.operations.record_spend import record_spend
from campaigns.operations.target_segments import follow_target, unfollow_target
from campaigns.operations.use_in_campaign import UsageRecord, end_usage, use_in_campaign
from campaigns.operations.writing import find_asset
from campaigns.spending import SpendRecord
from campaigns.views.assets import may, refused
from campaigns.views.kinds import SHOWN
from campaigns.views.said import complaint
from cdp.errors import DomainError, Invalid
from cdp.models import Tenant
from cdp.permissions import BUDGET_SPEND, CAMPAIGN_READ, CAMPAIGN_WRITE, PROFILE_WRITE
from cdp.views.pages import PageRequest, actor_of, needs, require_code

NOON = time(12)


@require_POST
@needs(BUDGET_SPEND)
def spend(request: PageRequest, budget_id: uuid.UUID) -> HttpResponse:
    """Record what was spent."""
    tenant = request.membership.tenant

    def act() -> None:
        said = {
            "amount": request.POST.get("amount", ""),
            "idempotencyKey": request.POST.get("key", ""),
            "note": request.POST.get("note", ""),
            "campaignId": request.POST.get("campaign") or None,
            "occurredAt": _moment(request.POST.get("day", ""), tenant),
        }
        record = SpendRecord.parse(said, tenant=tenant)
        record_spend(tenant=tenant, by=actor_of(request), budget_id=budget_id, record=record)

    return _done(request, AssetKind.BUDGET, budget_id, act, _("The spend is recorded."))


def _moment(text: str, tenant: Tenant) -> datetime | None:
    """Return noon of an earlier day; None, which means now, for today or nothing."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        message = _("Write the day as 2026-03-10.")
        raise Invalid(message, fields={"day": [message]}) from error
    return None if day == local_today(tenant) else datetime.combine(day, NOON, ZoneInfo(tenant.time_zone))


@require_POST
@needs(CAMPAIGN_READ)
def use(request: PageRequest, campaign_id: uuid.UUID) -> HttpResponse:
    """Let the campaign use a container, parts of its own, or both."""

    def act() -> None:
        used = CampaignProfileUsage.objects.filter(campaign=campaign_id, is_active=True).first()
        form = UsageForm(request.POST, usage=used)
        if not form.is_valid():
            message = _("Something you chose is not there any more: choose again.")
            raise Invalid(message, fields={"_": [message]})
        record = UsageRecord.parse(form.said(), tenant=request.membership.tenant)
        use_in_campaign(**_who(request), campaign_id=campaign_id, record=record)

    return _on_campaign(request, campaign_id, act, _("The campaign uses it now."))


@require_POST
@needs(CAMPAIGN_READ)
def end(request: PageRequest, campaign_id: uuid.UUID) -> HttpResponse:
    """Let the campaign use nothing; what it used stays as history."""

    def act() -> None:
        end_usage(**_who(request), campaign_id=campaign_id)

    return _on_campaign(request, campaign_id, act, _("The campaign uses nothing now."))


def _on_campaign(
    request: PageRequest, campaign_id: uuid.UUID, act: Callable[[], None], said: str
) -> HttpResponse:
    shown = SHOWN[PLACE_OF[AssetKind.CAMPAIGN]]
    find_asset(shown.kind, campaign_id)
    if not may(request, shown, campaign_id, PermissionLevel.EDIT):
        return refused(request, shown, campaign_id)
    return _done(request, shown.kind, campaign_id, act, said)


@require_POST
@needs(CAMPAIGN_WRITE)
def follow(request: PageRequest, target_id: uuid.UUID) -> HttpResponse:
    """Make a segment that follows the target."""
    require_code(request, PROFILE_WRITE)

    def act() -> None:
        follow_target(**_who(request), target_id=target_id, name=request.POST.get("name", "").strip())

    return _done(request, AssetKind.TARGET_PROFILE, target_id, act, _("The segment is there."))


@require_POST
@needs(CAMPAIGN_WRITE)
def unfollow(request: PageRequest, target_id: uuid.UUID) -> HttpResponse:
    """Leave the segment as it is from now on."""

    def act() -> None:
        unfollow_target(**_who(request), target_id=target_id)

    text = _("The segment stays as it is from now on.")
    return _done(request, AssetKind.TARGET_PROFILE, target_id, act, text)


def _who(request: PageRequest) -> dict[str, Any]:
    return {"tenant": request.membership.tenant, "by": actor_of(request)}


def _done(
    request: PageRequest, kind: AssetKind, asset_id: uuid.UUID, act: Callable[[], None], said: str
) -> HttpResponse:
    find_asset(kind, asset_id)
    try:
        act()
    except DomainError as error:
        messages.error(request, complaint(error))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(address_of(kind, asset_id))
