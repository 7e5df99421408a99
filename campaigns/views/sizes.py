"""How many a target meets, on pages: at once where counting is quick, else fetched by the page that waits."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from campaigns.budgeting.periods import local_today
from campaigns.choices import AssetKind
from campaigns.models import TargetProfile
from campaigns.operations.writing import find_asset
from campaigns.targeting.size import Size, live_size
from cdp.permissions import CAMPAIGN_READ
from cdp.views.pages import PageRequest, needs
from profiles.statistics import statistics

# Counting a million customers takes seconds, this many a tenth of one.
MOST_AT_ONCE = 50_000
NOW = "now"


def size_at_once(request: PageRequest, target: TargetProfile) -> Size | None:
    """Count where that is quick or ``?size=now`` asks for it; None where the page shall fetch it."""
    if statistics().active > MOST_AT_ONCE and request.GET.get("size") != NOW:
        return None
    return live_size(target, local_today(request.membership.tenant))


@require_safe
@needs(CAMPAIGN_READ)
def size(request: PageRequest, target_id: uuid.UUID) -> HttpResponse:
    """Answer the part of a page that waits for the live size; ``?as=card`` in short."""
    target = find_asset(AssetKind.TARGET_PROFILE, target_id, deleted=None)
    context = {
        "size": live_size(target, local_today(request.membership.tenant)),
        "target": target,
        "shown_as": "card" if request.GET.get("as") == "card" else "full",
    }
    return render(request, "campaigns/_size.html", context)
