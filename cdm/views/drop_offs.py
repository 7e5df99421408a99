"""The page of drop-offs: `/admin/crm/drop-offs`."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cdm.call_outcomes import OUTCOMES
from cdm.choices import DropOffStage
from cdm.dashboards.drop_offs import PERIODS, drop_off_numbers, period_named, to_win_back
from cdp.permissions import PROFILE_READ, PROFILE_WRITE
from cdp.views.pages import PageRequest, needs, render_page


@require_safe
@needs(PROFILE_READ)
def drop_offs(request: PageRequest) -> HttpResponse:
    """Show where customers turn back, and whom to win back."""
    tenant = request.membership.tenant
    weeks = period_named(request.GET.get("weeks", ""))
    stage = request.GET.get("stage", "")
    stage = stage if stage in DropOffStage.values else ""
    page = to_win_back(stage, request.GET.get("after", ""))
    kept = {"weeks": weeks, "stage": stage}
    context = {
        "numbers": drop_off_numbers(weeks, tenant.currency),
        "weeks": weeks,
        "periods": PERIODS,
        "stage": stage,
        "stages": DropOffStage.choices,
        "rows": page.rows,
        "next": urlencode({**kept, "after": page.next}) if page.next else "",
        "is_first": not request.GET.get("after"),
        "first": urlencode(kept),
        "outcomes": OUTCOMES,
        "may_write": PROFILE_WRITE in request.membership.codes,
        "region": tenant.region,
        "whole_page": True,
    }
    return render_page(request, "cdm/drop_offs/page.html", context, title=_("Drop-offs"))
