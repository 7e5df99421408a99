"""Forms and the bin: alike for every kind."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.addresses import address_of, list_address
from campaigns.choices import AssetKind, PermissionLevel
from campaigns.forms import FORMS, AssetForm
from campaigns.operations.create_asset import create_asset
from campaigns.operations.lifecycle import delete_asset, purge_asset, restore_asset
from campaigns.operations.sharing import require_level
from campaigns.operations.templates import count_use, draft_of_template
from campaigns.operations.update_asset import update_asset
from campaigns.operations.writing import find_asset
from campaigns.records import RECORDS
from campaigns.views.kinds import SHOWN, Shown
from cdp.errors import DomainError, Forbidden
from cdp.permissions import CAMPAIGN_READ, CAMPAIGN_WRITE
from cdp.views.pages import PageRequest, actor_of, needs, render_page


def named(ids: Mapping[str, uuid.UUID]) -> uuid.UUID:
    """Return the one id an address names, whatever it calls it."""
    (asset_id,) = ids.values()
    return asset_id


def may(request: PageRequest, shown: Shown, asset_id: uuid.UUID, level: PermissionLevel) -> bool:
    """Tell whether the person may do ``level`` with the asset."""
    actor, codes = actor_of(request), request.membership.codes
    try:
        require_level(level, actor=actor, codes=codes, kind=shown.kind, asset_id=asset_id)
    except Forbidden:
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@needs(CAMPAIGN_WRITE)
def create(request: PageRequest, place: str) -> HttpResponse:
    """Show the form, or make the asset."""
    shown = SHOWN[place]
    draft, kind_form = _draft(request, shown), FORMS[shown.kind]
    given: dict[str, Any] = {"asset": draft, "wanted": _wanted(request)}
    if request.method != "POST":
        initial = kind_form.values_of(draft) if draft is not None else {}
        return _form_page(request, shown, kind_form(initial=initial, **given), None)
    form, tenant, by = kind_form(request.POST, **given), request.membership.tenant, actor_of(request)

    @transaction.atomic
    def make() -> Any:
        record = RECORDS[shown.kind].parse(form.said(draft), tenant=tenant)
        made = create_asset(tenant=tenant, by=by, record=record)
        if draft is not None:
            count_use(by=by, template_id=uuid.UUID(request.GET["template"]))
        return made

    return _write(request, shown, form, None, make)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(CAMPAIGN_READ)
def edit(request: PageRequest, /, place: str, **ids: uuid.UUID) -> HttpResponse:
    """Show the form, or change the asset; somebody else's change in between is shown, not overwritten."""
    shown, asset_id = SHOWN[place], named(ids)
    asset = find_asset(shown.kind, asset_id)
    if not may(request, shown, asset_id, PermissionLevel.EDIT):
        return refused(request, shown, asset_id)
    kind_form = FORMS[shown.kind]
    if request.method != "POST":
        shown_form = kind_form(initial=kind_form.values_of(asset), asset=asset, wanted=_wanted(request))
        return _form_page(request, shown, shown_form, asset)
    form, tenant = kind_form(request.POST, asset=asset), request.membership.tenant

    def change() -> Any:
        return update_asset(
            tenant=tenant,
            by=actor_of(request),
            asset_id=asset_id,
            record=RECORDS[shown.kind].parse(form.said(asset), tenant=tenant),
            version=form.cleaned_data["version"],
        )

    return _write(request, shown, form, asset, change)


def renamed(kind: str, name: str) -> dict[str, str]:
    """Return the change that gives an asset a name, in wire form; nothing without one."""
    return {"brandName" if kind == AssetKind.BRAND_GUIDELINE else "name": name} if name else {}


def _draft(request: PageRequest, shown: Shown) -> Any:
    """Return what the template in the address would make, or None."""
    try:
        template_id = uuid.UUID(request.GET.get("template", ""))
        return draft_of_template(
            tenant=request.membership.tenant,
            by=actor_of(request),
            kind=shown.kind,
            template_id=template_id,
            changes=renamed(shown.kind, request.GET.get("name", "").strip()),
        )
    except ValueError:
        return None
    except DomainError as error:
        messages.error(request, error.detail)
        return None


def _wanted(request: PageRequest) -> str:
    """Return the search for what a form chooses from."""
    return request.GET.get("part", "")


@require_POST
@needs(CAMPAIGN_READ)
def throw_away(request: PageRequest, /, place: str, **ids: uuid.UUID) -> HttpResponse:
    """Put the asset into the bin."""
    return _move(request, SHOWN[place], named(ids), delete_asset, _("It lies in the bin now."))


@require_POST
@needs(CAMPAIGN_READ)
def take_back(request: PageRequest, /, place: str, **ids: uuid.UUID) -> HttpResponse:
    """Take the asset out of the bin."""
    return _move(request, SHOWN[place], named(ids), restore_asset, _("It is back."))


def _move(request: PageRequest, shown: Shown, asset_id: uuid.UUID, verb: Any, done: str) -> HttpResponse:
    find_asset(shown.kind, asset_id, deleted=None)
    if not may(request, shown, asset_id, PermissionLevel.MANAGE):
        return refused(request, shown, asset_id)
    tenant, by = request.membership.tenant, actor_of(request)
    try:
        verb(tenant=tenant, by=by, kind=shown.kind, asset_id=asset_id)
    except DomainError as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, done)
    return HttpResponseRedirect(address_of(shown.kind, asset_id))


@require_POST
@needs(CAMPAIGN_READ)
def purge(request: PageRequest, /, place: str, **ids: uuid.UUID) -> HttpResponse:
    """Delete what lies in the bin for good."""
    shown, asset_id = SHOWN[place], named(ids)
    find_asset(shown.kind, asset_id, deleted=None)
    if not may(request, shown, asset_id, PermissionLevel.MANAGE):
        return refused(request, shown, asset_id)
    try:
        purge_asset(
            tenant=request.membership.tenant, by=actor_of(request), kind=shown.kind, asset_id=asset_id
        )
    except DomainError as error:
        messages.error(request, error.detail)
        return HttpResponseRedirect(address_of(shown.kind, asset_id))
    messages.success(request, _("It is gone for good."))
    return HttpResponseRedirect(list_address(place))


def refused(request: PageRequest, shown: Shown, asset_id: uuid.UUID) -> HttpResponse:
    """Say that the person may only look, and go back to the page."""
    messages.error(request, _("You may look at this one, and not change it."))
    return HttpResponseRedirect(address_of(shown.kind, asset_id))


def _write(request: PageRequest, shown: Shown, form: AssetForm, asset: Any, act: Any) -> HttpResponse:
    if not form.is_valid():
        return _form_page(request, shown, form, asset, status=400)
    try:
        saved = act()
    except DomainError as error:
        form.refuse(error)
        return _form_page(request, shown, form, asset, status=error.status)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(address_of(shown.kind, saved.pk))


def _form_page(
    request: PageRequest, shown: Shown, form: AssetForm, asset: Any, *, status: int = 200
) -> HttpResponse:
    context = {"shown": shown, "form": form, "asset": asset}
    title = _("Edit %(name)s") % {"name": asset} if asset else str(shown.new)
    return render_page(request, "campaigns/form.html", context, title=title, status=status)
