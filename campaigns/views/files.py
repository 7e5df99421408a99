"""Assets as files: download, and upload of JSON, CSV or a design tool's brand kit."""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from campaigns import exchange
from campaigns.addresses import address_of, list_address
from campaigns.brand_kit import kit_of, record_from_kit
from campaigns.choices import AssetKind
from campaigns.forms.file import FileForm
from campaigns.kinds import MODELS
from campaigns.operations.create_asset import create_asset
from campaigns.operations.take_in import take_in
from campaigns.operations.writing import find_asset
from campaigns.views.kinds import SHOWN, Shown
from cdp.errors import DomainError
from cdp.permissions import CAMPAIGN_READ, CAMPAIGN_WRITE
from cdp.views.pages import PageRequest, actor_of, needs, render_page


@require_safe
@needs(CAMPAIGN_READ)
def export(request: PageRequest, place: str) -> HttpResponseBase:
    """Download all that is not in the bin, the newest first, as JSON or with ``?format=csv`` as a table."""
    kind = SHOWN[place].kind
    rows = MODELS[kind].objects.kept().order_by("-created_at", "-id").iterator(chunk_size=500)
    if request.GET.get("format") == "csv":
        table = exchange.to_csv(kind, rows)
        return _file(StreamingHttpResponse(table, content_type="text/csv; charset=utf-8"), f"{place}.csv")
    parts = exchange.to_json(kind, rows)
    return _file(StreamingHttpResponse(parts, content_type="application/json"), f"{place}.json")


@require_safe
@needs(CAMPAIGN_READ)
def kit(request: PageRequest, brand_id: uuid.UUID) -> HttpResponseBase:
    """Download a brand guideline as a brand kit."""
    brand = find_asset(AssetKind.BRAND_GUIDELINE, brand_id)
    text = json.dumps(kit_of(brand), ensure_ascii=False, indent=2)
    name = slugify(str(brand)) or "brand"
    return _file(HttpResponse(text, content_type="application/json"), f"{name}-kit.json")


def _file(response: Any, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    found: HttpResponseBase = response
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@needs(CAMPAIGN_WRITE)
def take(request: PageRequest, place: str) -> HttpResponse:
    """Show the form, or make an asset of every row of the file, or of none."""
    shown = SHOWN[place]
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method != "POST":
        return _form_page(request, shown, form)
    if not form.is_valid():
        return _form_page(request, shown, form, status=400)
    try:
        made = _make(request, shown.kind, form.text, form.is_table)
    except DomainError as error:
        form.refuse(error)
        return _form_page(request, shown, form, status=error.status)
    messages.success(request, _("%(number)s made.") % {"number": len(made)})
    is_one = len(made) == 1
    return HttpResponseRedirect(address_of(shown.kind, made[0].pk) if is_one else list_address(place))


def _make(request: PageRequest, kind: AssetKind, text: str, is_table: bool) -> list[Any]:
    tenant, by = request.membership.tenant, actor_of(request)
    kit_said = None if is_table or kind != AssetKind.BRAND_GUIDELINE else _kit_in(text)
    if kit_said is not None:
        return [create_asset(tenant=tenant, by=by, record=record_from_kit(kit_said, tenant=tenant))]
    read = exchange.records_from_csv if is_table else exchange.records_from_json
    return take_in(tenant=tenant, by=by, records=read(kind, text, tenant=tenant))


def _kit_in(text: str) -> dict[str, Any] | None:
    """Return the brand kit in a file, None when it is something else: our own files name their assets."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) and "assets" not in content else None


def _form_page(request: PageRequest, shown: Shown, form: FileForm, *, status: int = 200) -> HttpResponse:
    context = {"shown": shown, "form": form, "most": exchange.MOST_ROWS}
    title = _("Load a file: %(kind)s") % {"kind": shown.many}
    return render_page(request, "campaigns/import.html", context, title=title, status=status)
