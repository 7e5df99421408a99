"""The versions of an asset: what changed, and bringing one back."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns.addresses import address_of
from campaigns.choices import PermissionLevel
from campaigns.history import Difference, differences, versions_of
from campaigns.operations.restore_version import restore_version
from campaigns.operations.writing import find_asset
from campaigns.views.assets import may, named, refused
from campaigns.views.kinds import SHOWN
from campaigns.views.said import complaint, people_of, whole_number
from cdp.errors import DomainError
from cdp.permissions import CAMPAIGN_READ
from cdp.views.pages import PageRequest, actor_of, needs, render_page

ON_PAGE = 25


@require_safe
@needs(CAMPAIGN_READ)
def history(request: PageRequest, /, place: str, **ids: uuid.UUID) -> HttpResponse:
    """List the versions, and what ``second`` says otherwise than ``first``; the last two by default."""
    shown, asset_id = SHOWN[place], named(ids)
    asset = find_asset(shown.kind, asset_id, deleted=None)
    newest = versions_of(shown.kind, asset_id)
    page = Paginator(newest, ON_PAGE).get_page(request.GET.get("page"))
    second = whole_number(request.GET.get("second")) or asset.version
    first = whole_number(request.GET.get("first")) or max(second - 1, 1)
    found = differences(shown.kind, asset_id, first, second) if first != second else []
    context = {
        "shown": shown,
        "asset": asset,
        "page": page,
        "people": people_of(page, request.membership.tenant),
        "first": first,
        "second": second,
        "differences": [_line(difference) for difference in found],
        "may_edit": may(request, shown, asset_id, PermissionLevel.EDIT) and not asset.is_deleted,
    }
    title = _("Versions of %(name)s") % {"name": asset}
    return render_page(request, "campaigns/history.html", context, title=title)


def _line(difference: Difference) -> dict[str, Any]:
    return {
        "path": " › ".join(_words(part) for part in difference.path.split(".")),
        "before": _shown(difference.before),
        "after": _shown(difference.after),
    }


def _words(name: str) -> str:
    """Return ``primaryTone`` and ``primary_tone`` as people write it."""
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)
    return spaced.replace("_", " ").strip()


def _shown(value: Any) -> str:
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)


@require_POST
@needs(CAMPAIGN_READ)
def bring_back(request: PageRequest, /, place: str, **ids: uuid.UUID) -> HttpResponse:
    """Make the asset what it was at a version; refuse if somebody changed it since the page was read."""
    shown, asset_id = SHOWN[place], named(ids)
    find_asset(shown.kind, asset_id)
    if not may(request, shown, asset_id, PermissionLevel.EDIT):
        return refused(request, shown, asset_id)
    number, seen = whole_number(request.POST.get("number")), whole_number(request.POST.get("version"))
    try:
        asset = restore_version(
            tenant=request.membership.tenant,
            by=actor_of(request),
            kind=shown.kind,
            asset_id=asset_id,
            number=number or 0,
            version=seen,
        )
    except DomainError as error:
        messages.error(request, complaint(error))
    else:
        text = _("It says again what version %(old)s said; this is version %(new)s.")
        messages.success(request, text % {"old": number, "new": asset.version})
    return HttpResponseRedirect(address_of(shown.kind, asset_id, "history"))
