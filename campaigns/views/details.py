"""What the page of each kind shows."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.budgeting.pacing import pacing_of
from campaigns.budgeting.periods import local_today
from campaigns.choices import AssetKind
from campaigns.effective import effective_parts
from campaigns.forms.usage import UsageForm
from campaigns.linting import Message, lint
from campaigns.models import (
    BudgetAlertDelivery,
    BudgetPeriod,
    BudgetSpend,
    Campaign,
    CampaignProfileUsage,
    TargetProfile,
    TargetSegment,
)
from campaigns.models.container import PARTS
from campaigns.shapes import Behavior, Demographics, Persona
from campaigns.targeting.size import overlap_of, sample_of
from campaigns.views.brand_sheet import palette_of, sheet_of
from campaigns.views.chart import chart_of
from campaigns.views.sizes import size_at_once
from cdp.ids import uuid7
from cdp.permissions import BUDGET_SPEND, PROFILE_READ, PROFILE_WRITE
from cdp.views.pages import PageRequest

SHOWN_LINES = 15
MOST_CHOICES = 200
LONGEST_MESSAGE = 10_000
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def details_of(request: PageRequest, asset: Any) -> dict[str, Any]:
    """Return what the page of an asset shows besides what all share."""
    return _DETAILS[asset.kind](request, asset)


def _target(request: PageRequest, target: Any) -> dict[str, Any]:
    today, codes = local_today(request.membership.tenant), request.membership.codes
    others = TargetProfile.objects.kept().exclude(pk=target.pk).order_by("name")
    other = _chosen(request.GET.get("other"))
    return {
        "demographics": Demographics.model_validate(target.demographics),
        "behavior": Behavior.model_validate(target.behavior),
        "persona": Persona.model_validate(target.persona),
        "size": size_at_once(request, target),
        "sample": sample_of(target, today) if PROFILE_READ in codes else [],
        "others": others[:MOST_CHOICES],
        "other": other,
        "overlap": overlap_of(target, other, today) if other is not None else None,
        "segment": TargetSegment.objects.filter(target=target).select_related("segment").first(),
        "may_segment": PROFILE_WRITE in codes,
    }


def _chosen(text: str | None) -> TargetProfile | None:
    try:
        target_id = uuid.UUID(text or "")
    except ValueError:
        return None
    found: TargetProfile | None = TargetProfile.objects.kept().filter(pk=target_id).first()
    return found


def _brand(request: PageRequest, brand: Any) -> dict[str, Any]:
    found = sheet_of(brand)
    text = request.GET.get("message", "").replace("\x00", "")[:LONGEST_MESSAGE]
    if not text:
        return found
    said = text.encode("utf-8", "replace").decode()
    report = lint(brand, Message(html=said) if _TAG.search(said) else Message(text=said))
    return {**found, "message": text, "report": report}


def _budget(request: PageRequest, budget: Any) -> dict[str, Any]:
    pacing = pacing_of(budget, tenant=request.membership.tenant, now=timezone.now())
    return {
        "pacing": pacing,
        "chart": chart_of(pacing),
        "spends": BudgetSpend.objects.filter(budget=budget).select_related("campaign")[:SHOWN_LINES],
        "alerts": BudgetAlertDelivery.objects.filter(budget=budget)[:SHOWN_LINES],
        "periods": BudgetPeriod.objects.filter(budget=budget)[:SHOWN_LINES],
        "campaigns": Campaign.objects.filter(pk__in=budget.campaign_ids).order_by("name")[:MOST_CHOICES],
        "may_spend": BUDGET_SPEND in request.membership.codes,
        "today": local_today(request.membership.tenant),
        # One form spends once, however often it is sent.
        "spend_key": str(uuid7()),
    }


def _container(request: PageRequest, container: Any) -> dict[str, Any]:
    parts = {part: getattr(container, part) for part in PARTS}
    usages = CampaignProfileUsage.objects.filter(container=container, is_active=True)
    return {
        "cards": _cards(request, parts, container.missing_profiles),
        "usages": usages.select_related("campaign")[:SHOWN_LINES],
    }


def _campaign(request: PageRequest, campaign: Any) -> dict[str, Any]:
    parts = effective_parts(campaign)
    found = {"customer_profile": parts.target, "brand_guidelines": parts.brand, "budget": parts.budget}
    past = CampaignProfileUsage.objects.filter(campaign=campaign, is_active=False)
    return {
        "parts": parts,
        "cards": _cards(request, found, parts.missing, parts.sources),
        "usage_form": UsageForm(usage=parts.usage, wanted=request.GET.get("part", "")),
        "past": past[:SHOWN_LINES],
        "spends": BudgetSpend.objects.filter(campaign=campaign).select_related("budget")[:SHOWN_LINES],
    }


# What each part is for, where a container or campaign has none yet.
_WHY = {
    AssetKind.TARGET_PROFILE: _(
        "It says whom the campaign is for, and counts how many customers that reaches."
    ),
    AssetKind.BRAND_GUIDELINE: _("It says how the campaign looks and sounds."),
    AssetKind.BUDGET: _("It says how much may be spent, and warns before it is used up."),
}


def _cards(
    request: PageRequest, parts: dict[str, Any], missing: list[str], sources: dict[str, str] | None = None
) -> list[dict[str, Any]]:
    """Return the three cards of target, brand and budget."""
    kinds = (AssetKind.TARGET_PROFILE, AssetKind.BRAND_GUIDELINE, AssetKind.BUDGET)
    cards = []
    for name, kind in zip(PARTS, kinds, strict=True):
        part = parts[name]
        card: dict[str, Any] = {
            "label": kind.label,
            "kind": kind,
            "part": part,
            "is_missing": name in missing,
            "why": _WHY[kind],
            "source": (sources or {}).get(name, ""),
        }
        if part is not None and kind == AssetKind.TARGET_PROFILE:
            card["size"] = size_at_once(request, part)
        elif part is not None and kind == AssetKind.BRAND_GUIDELINE:
            card["colors"] = palette_of(part)
        cards.append(card)
    return cards


_DETAILS: dict[str, Callable[[PageRequest, Any], dict[str, Any]]] = {
    AssetKind.TARGET_PROFILE: _target,
    AssetKind.BRAND_GUIDELINE: _brand,
    AssetKind.BUDGET: _budget,
    AssetKind.CONTAINER: _container,
    AssetKind.CAMPAIGN: _campaign,
}
