"""The board of deals: `/admin/crm/deals`."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cdm.choices import DealStage
from cdm.dashboards.pipeline import board
from cdm.panels.conversations import id_in
from cdp.permissions import PROFILE_READ, PROFILE_WRITE
from cdp.views.pages import PageRequest, needs, render_page


@require_safe
@needs(PROFILE_READ)
def deals(request: PageRequest) -> HttpResponse:
    """Show the deals by stage."""
    context = {
        "board": board(request.membership.tenant, id_in(request.GET.get("owner", ""))),
        "stages": DealStage.choices,
        "may_write": PROFILE_WRITE in request.membership.codes,
    }
    return render_page(request, "cdm/deals/page.html", context, title=_("Deals"))
