"""Starting points: one's own, and those that are public in the company."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns.addresses import PLACE_OF, address_of, list_address
from campaigns.choices import AssetKind
from campaigns.operations import templates as verbs
from campaigns.operations.templates import TemplateRecord, visible_templates
from campaigns.operations.writing import find_asset
from campaigns.views.assets import named, renamed
from campaigns.views.kinds import SHOWN
from campaigns.views.said import complaint, people_of
from cdp.errors import DomainError, Invalid
from cdp.permissions import CAMPAIGN_DELETE, CAMPAIGN_READ, CAMPAIGN_WRITE
from cdp.views.pages import PageRequest, actor_of, needs, render_page

ON_PAGE = 25


@require_safe
@needs(CAMPAIGN_READ)
def listing(request: PageRequest) -> HttpResponse:
    """List the templates the person may use."""
    kind = request.GET.get("kind", "")
    rows = visible_templates(actor_of(request)).order_by("template_name", "pk")
    found = rows.filter(template_type=kind) if kind in AssetKind.values else rows
    page = Paginator(found, ON_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "people": people_of(page, request.membership.tenant),
        "kinds": SHOWN.values(),
        "choices": AssetKind.choices,
        "kind": kind,
        "me": str(actor_of(request)),
        "may_write": CAMPAIGN_WRITE in request.membership.codes,
        "may_tidy_up": CAMPAIGN_DELETE in request.membership.codes,
    }
    return render_page(request, "campaigns/templates.html", context, title=_("Templates"))


@require_POST
@needs(CAMPAIGN_WRITE)
def save(request: PageRequest, /, place: str, **ids: uuid.UUID) -> HttpResponse:
    """Make a template of an asset."""
    shown, asset_id = SHOWN[place], named(ids)
    find_asset(shown.kind, asset_id)
    record = {
        "templateName": request.POST.get("name", ""),
        "isPublic": request.POST.get("is_public") == "on",
    }

    def act() -> str:
        verbs.save_as_template(
            **_who(request), kind=shown.kind, asset_id=asset_id, record=_read(request, record)
        )
        return _("The template is kept.")

    return _done(request, act, address_of(shown.kind, asset_id))


@require_POST
@needs(CAMPAIGN_WRITE)
def use(request: PageRequest, template_id: uuid.UUID) -> HttpResponse:
    """Make an asset of a template, and go on to its form."""
    name = request.POST.get("name", "").strip()
    template = verbs.find_template(template_id, by=actor_of(request))
    try:
        made = verbs.create_from_template(
            **_who(request), template_id=template_id, changes=renamed(template.template_type, name)
        )
    except Invalid as error:
        # Its own days, say, no template has: the form asks for them.
        messages.error(request, complaint(error))
        query = urlencode({"template": template_id, "name": name})
        return HttpResponseRedirect(f"{list_address(PLACE_OF[template.template_type], 'new')}?{query}")
    except DomainError as error:
        messages.error(request, complaint(error))
        return HttpResponseRedirect(reverse("marketing-templates"))
    messages.success(request, _("Made. Change what is different here."))
    return HttpResponseRedirect(address_of(made.kind, made.pk, "edit"))


@require_POST
@needs(CAMPAIGN_WRITE)
def change(request: PageRequest, template_id: uuid.UUID) -> HttpResponse:
    """Rename a template of one's own, or make it public or not."""
    said = {
        "templateName": request.POST.get("name", ""),
        "description": request.POST.get("description", ""),
        "isPublic": request.POST.get("is_public") == "on",
    }

    def act() -> str:
        verbs.update_template(**_who(request), template_id=template_id, record=_read(request, said))
        return _("Saved.")

    return _done(request, act, reverse("marketing-templates"))


@require_POST
@needs(CAMPAIGN_WRITE)
def remove(request: PageRequest, template_id: uuid.UUID) -> HttpResponse:
    """Remove a template of one's own, or tidy up a public one; what was made of it stays."""
    may_tidy_up = CAMPAIGN_DELETE in request.membership.codes

    def act() -> str:
        verbs.delete_template(**_who(request), template_id=template_id, may_tidy_up=may_tidy_up)
        return _("The template is gone.")

    return _done(request, act, reverse("marketing-templates"))


def _who(request: PageRequest) -> dict[str, Any]:
    return {"tenant": request.membership.tenant, "by": actor_of(request)}


def _read(request: PageRequest, said: dict[str, Any]) -> TemplateRecord:
    return TemplateRecord.parse(said, tenant=request.membership.tenant)


def _done(request: PageRequest, act: Any, onward: str) -> HttpResponse:
    try:
        messages.success(request, act())
    except DomainError as error:
        messages.error(request, complaint(error))
    return HttpResponseRedirect(onward)
