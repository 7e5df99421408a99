"""The page of one asset, and what can be done on it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns.budgeting.pacing import pacing_of
from campaigns.budgeting.periods import local_today
from campaigns.choices import AssetKind, PermissionLevel
from campaigns.effective import effective_parts
from campaigns.history import versions_of
from campaigns.linting import Message, lint
from campaigns.models import BudgetAlertDelivery, BudgetSpend, ProfileContainer
from campaigns.models.container import PARTS
from campaigns.operations.record_spend import record_spend
from campaigns.operations.use_in_campaign import UsageRecord, use_in_campaign
from campaigns.operations.writing import find_asset
from campaigns.shapes import Demographics, FullStyleGuide, HighLevelGuidelines
from campaigns.spending import SpendRecord
from campaigns.targeting.size import live_size, sample_of
from campaigns.views.assets import may, named
from campaigns.views.chart import chart_of
from campaigns.views.kinds import PLACE_OF, SHOWN, address_of
from cdp.errors import DomainError
from cdp.ids import uuid7
from cdp.permissions import BUDGET_SPEND, CAMPAIGN_READ, PROFILE_READ
from cdp.views.pages import PageRequest, actor_of, needs, render_page

SHOWN_LINES = 15
MOST_CHOICES = 200


@require_safe
@needs(CAMPAIGN_READ)
def page(request: PageRequest, /, place: str, **ids: uuid.UUID) -> HttpResponse:
    """Show one asset, also one in the bin."""
    shown, asset_id = SHOWN[place], named(ids)
    asset = find_asset(shown.kind, asset_id, deleted=None)
    context = {
        "shown": shown,
        "asset": asset,
        "template": f"campaigns/_{shown.kind.lower()}.html",
        "versions": versions_of(shown.kind, asset_id)[:SHOWN_LINES],
        "may_edit": may(request, shown, asset_id, PermissionLevel.EDIT),
        "may_manage": may(request, shown, asset_id, PermissionLevel.MANAGE),
        **DETAILS[shown.kind](request, asset),
    }
    return render_page(request, "campaigns/page.html", context, title=str(asset))


def _target(request: PageRequest, target: Any) -> dict[str, Any]:
    today = local_today(request.membership.tenant)
    sees_customers = PROFILE_READ in request.membership.codes
    return {
        "demographics": Demographics.model_validate(target.demographics),
        "size": live_size(target, today),
        "sample": sample_of(target, today) if sees_customers else [],
    }


def _brand(request: PageRequest, brand: Any) -> dict[str, Any]:
    full = FullStyleGuide.model_validate(brand.full_style_guide)
    short = HighLevelGuidelines.model_validate(brand.high_level_guidelines)
    palette, fonts = full.color_palette or short.colors, full.typography_guidelines
    names = ("primary", "secondary", "accent", "neutral")
    found = {
        "swatches": [(name, getattr(palette, name)) for name in names if palette and getattr(palette, name)],
        "fonts": [font for font in (fonts.primary_font, fonts.secondary_font) if font] if fonts else [],
        "scale": fonts.type_scale if fonts else [],
        "logo": full.logo_guidelines,
        "short": short,
        "voice": full.voice_guidelines,
    }
    text = request.GET.get("message", "").replace("\x00", "")[:10_000]
    if not text:
        return found
    report = lint(brand, Message(text=text.encode("utf-8", "replace").decode()))
    return {**found, "message": text, "report": report}


def _budget(request: PageRequest, budget: Any) -> dict[str, Any]:
    pacing = pacing_of(budget, tenant=request.membership.tenant, now=timezone.now())
    return {
        "pacing": pacing,
        "chart": chart_of(pacing),
        "spends": BudgetSpend.objects.filter(budget=budget).select_related("campaign")[:SHOWN_LINES],
        "alerts": BudgetAlertDelivery.objects.filter(budget=budget)[:SHOWN_LINES],
        "may_spend": BUDGET_SPEND in request.membership.codes,
        # One form spends once, however often it is sent.
        "spend_key": str(uuid7()),
    }


def _container(request: PageRequest, container: Any) -> dict[str, Any]:
    kinds = (AssetKind.TARGET_PROFILE, AssetKind.BRAND_GUIDELINE, AssetKind.BUDGET)
    return {
        "cards": [
            (kind.label, getattr(container, part), part in container.missing_profiles)
            for part, kind in zip(PARTS, kinds, strict=True)
        ]
    }


def _campaign(request: PageRequest, campaign: Any) -> dict[str, Any]:
    parts = effective_parts(campaign)
    rows = (
        (AssetKind.TARGET_PROFILE, "customer_profile", parts.target),
        (AssetKind.BRAND_GUIDELINE, "brand_guidelines", parts.brand),
        (AssetKind.BUDGET, "budget", parts.budget),
    )
    return {
        "parts": parts,
        "cards": [(kind.label, part, parts.sources.get(name, "")) for kind, name, part in rows],
        "containers": ProfileContainer.objects.kept().order_by("name")[:MOST_CHOICES],
    }


DETAILS: dict[str, Callable[[PageRequest, Any], dict[str, Any]]] = {
    AssetKind.TARGET_PROFILE: _target,
    AssetKind.BRAND_GUIDELINE: _brand,
    AssetKind.BUDGET: _budget,
    AssetKind.CONTAINER: _container,
    AssetKind.CAMPAIGN: _campaign,
}


@require_POST
@needs(BUDGET_SPEND)
def spend(request: PageRequest, budget_id: uuid.UUID) -> HttpResponse:
    """Record what was spent."""
    said = {
        "amount": request.POST.get("amount", ""),
        "idempotencyKey": request.POST.get("key", ""),
        "note": request.POST.get("note", ""),
    }
    tenant, by = request.membership.tenant, actor_of(request)

    def act() -> None:
        record = SpendRecord.parse(said, tenant=tenant)
        record_spend(tenant=tenant, by=by, budget_id=budget_id, record=record)

    return _done(request, AssetKind.BUDGET, budget_id, act, _("The spend is recorded."))


@require_POST
@needs(CAMPAIGN_READ)
def use(request: PageRequest, campaign_id: uuid.UUID) -> HttpResponse:
    """Let the campaign use a container."""
    shown = SHOWN[PLACE_OF[AssetKind.CAMPAIGN]]
    find_asset(shown.kind, campaign_id)
    if not may(request, shown, campaign_id, PermissionLevel.EDIT):
        messages.error(request, _("You may look at this one, and not change it."))
        return HttpResponseRedirect(address_of(shown.kind, campaign_id))
    tenant, by = request.membership.tenant, actor_of(request)

    def act() -> None:
        record = UsageRecord.parse({"containerId": request.POST.get("container", "")}, tenant=tenant)
        use_in_campaign(tenant=tenant, by=by, campaign_id=campaign_id, record=record)

    return _done(request, AssetKind.CAMPAIGN, campaign_id, act, _("The campaign uses it now."))


def _done(
    request: PageRequest, kind: AssetKind, asset_id: uuid.UUID, act: Callable[[], None], said: str
) -> HttpResponse:
    find_asset(kind, asset_id)
    try:
        act()
    except DomainError as error:
        texts = [text for field in error.fields.values() for text in field]
        messages.error(request, " ".join(map(str, texts)) or error.detail)
    else:
        messages.success(request, said)
    return HttpResponseRedirect(address_of(kind, asset_id))
