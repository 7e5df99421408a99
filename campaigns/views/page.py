"""The page of one asset."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from campaigns.choices import PermissionLevel
from campaigns.figures import analytics_of
from campaigns.history import versions_of
from campaigns.operations.writing import find_asset
from campaigns.views.assets import may, named
from campaigns.views.details import details_of
from campaigns.views.kinds import SHOWN
from campaigns.views.said import people_of
from cdp.permissions import CAMPAIGN_READ, CAMPAIGN_WRITE
from cdp.views.pages import PageRequest, needs, render_page

LAST_VERSIONS = 5


@require_safe
@needs(CAMPAIGN_READ)
def page(request: PageRequest, /, place: str, **ids: uuid.UUID) -> HttpResponse:
    """Show one asset, also one in the bin."""
    shown, asset_id = SHOWN[place], named(ids)
    asset = find_asset(shown.kind, asset_id, deleted=None)
    versions = list(versions_of(shown.kind, asset_id)[:LAST_VERSIONS])
    context = {
        "shown": shown,
        "asset": asset,
        "template": f"campaigns/_{shown.kind.lower()}.html",
        "versions": versions,
        "people": people_of(versions, request.membership.tenant),
        "analytics": analytics_of(shown.kind, asset_id),
        "may_write": CAMPAIGN_WRITE in request.membership.codes,
        "may_edit": may(request, shown, asset_id, PermissionLevel.EDIT),
        "may_manage": may(request, shown, asset_id, PermissionLevel.MANAGE),
        **details_of(request, asset),
    }
    return render_page(request, "campaigns/page.html", context, title=str(asset))
