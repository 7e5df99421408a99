"""What calling changed: the comparison group against those who were called."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cdm.operations.rules_of import rules_of
from cdm.recommending.holdout import WINDOWS, results
from cdp.permissions import PROFILE_READ
from cdp.views.pages import PageRequest, needs, render_page

USUAL = 30


@require_safe
@needs(PROFILE_READ)
def holdout(request: PageRequest) -> HttpResponse:
    """Show the measured difference within so many days of being listed."""
    days = {str(window): window for window in WINDOWS}.get(request.GET.get("days", ""), USUAL)
    tenant = request.membership.tenant
    context = {
        "days": days,
        "windows": WINDOWS,
        "results": results(tenant, days),
        "share": rules_of(tenant).hold_out_share * 100,
    }
    return render_page(request, "cdm/automation/holdout.html", context, title=_("What calling changed"))
