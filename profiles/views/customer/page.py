"""The page `/admin/customers/<id>` and its panels."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from cdp.permissions import PROFILE_READ
from cdp.views.pages import PageRequest, needs, render_page, render_part, wants_part
from profiles.panels import EVERY_TAB, registry
from profiles.recent import note_opened
from profiles.views.customer.answers import customer_address, find_customer, panel_page, shown, surroundings


@needs(PROFILE_READ)
def customer(request: PageRequest, profile_id: uuid.UUID) -> HttpResponse:
    """Show the customer; a merged one's address leads to the survivor."""
    profile = find_customer(profile_id)
    if profile.pk != profile_id:
        messages.info(request, _("The customer you looked for was merged into this one."))
        return HttpResponseRedirect(customer_address(profile.pk))
    note_opened(request.membership, profile.pk)
    codes = request.membership.codes
    tabs = registry.tabs(codes)
    tab = next((tab for tab in tabs if tab.key == request.GET.get("tab")), tabs[0])
    panels = [shown(request, profile, panel, is_now=not panel.lazy) for panel in registry.on(tab.key, codes)]
    context = surroundings(request, profile) | {
        "top": [shown(request, profile, panel) for panel in registry.on(EVERY_TAB, codes)],
        "tabs": tabs,
        "tab": tab,
        "main": [panel for panel in panels if panel.panel.column == "main"],
        "side": [panel for panel in panels if panel.panel.column == "side"],
    }
    return render_page(request, "profiles/customer/page.html", context, title=profile.shown_name)


@needs(PROFILE_READ)
def panel(request: PageRequest, profile_id: uuid.UUID, key: str) -> HttpResponse:
    """Show one panel: for HTMX the panel alone, else on a page of its own below the customer's header."""
    profile = find_customer(profile_id)
    found = registry.find(key, request.membership.codes)
    if found is None:
        raise Http404(_("There is no such panel."))
    context = surroundings(request, profile) | {"shown": shown(request, profile, found)}
    if wants_part(request):
        return render_part(request, "profiles/customer/_panel.html", context)
    return panel_page(request, profile, context)
