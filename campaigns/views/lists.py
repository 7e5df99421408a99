"""The list of one kind: searched, narrowed, and acted on many at a time."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from campaigns.addresses import list_address
from campaigns.choices import AssetKind, PermissionLevel
from campaigns.errors import AssetNotFound
from campaigns.filters import FILTERS
from campaigns.kinds import MODELS
from campaigns.operations.lifecycle import delete_asset, restore_asset
from campaigns.summary import account_standing, account_summary
from campaigns.views.assets import may
from campaigns.views.kinds import SHOWN, Shown
from cdp.errors import DomainError
from cdp.models import Tenant
from cdp.permissions import CAMPAIGN_READ, CAMPAIGN_WRITE
from cdp.views.pages import PageRequest, actor_of, needs, render_page

ON_PAGE = 25
LONGEST_SEARCH = 200
MOST_AT_ONCE = 200
VERBS: dict[str, Any] = {"delete": delete_asset, "restore": restore_asset}


@require_safe
@needs(CAMPAIGN_READ)
def listing(request: PageRequest, place: str) -> HttpResponse:
    """List one kind, the newest first; the bin with ``?bin=1``."""
    shown = SHOWN[place]
    asked = request.GET.get("q", "").replace("\x00", "")[:LONGEST_SEARCH]
    in_bin = request.GET.get("bin") == "1"
    narrowed = _narrowed(request, shown)
    rows = _rows(shown, asked, narrowed, in_bin=in_bin)
    page = Paginator(rows.order_by("-created_at", "-id"), ON_PAGE).get_page(request.GET.get("page"))
    context = {
        "shown": shown,
        "kinds": SHOWN.values(),
        "page": page,
        "rows": [(row, [_cell(row, column.name) for column in shown.columns]) for row in page],
        "q": asked,
        "in_bin": in_bin,
        "filters": [(one, narrowed.get(one.name, "")) for one in shown.filters],
        "is_narrowed": bool(asked.strip() or narrowed),
        "kept_query": _query(asked, narrowed, in_bin=in_bin),
        "may_write": CAMPAIGN_WRITE in request.membership.codes,
        **(_overview(request.membership.tenant) if shown.kind == AssetKind.CAMPAIGN else {}),
    }
    return render_page(request, "campaigns/list.html", context, title=str(shown.many))


def _narrowed(request: PageRequest, shown: Shown) -> dict[str, str]:
    """Return the filters that were chosen, as far as their values exist."""
    chosen = {one.name: request.GET.get(one.name, "") for one in shown.filters}
    known = {one.name: {value for value, _label in one.choices} for one in shown.filters}
    return {name: value for name, value in chosen.items() if value and value in known[name]}


def _rows(shown: Shown, asked: str, narrowed: dict[str, str], *, in_bin: bool) -> Any:
    data = {**narrowed, "deleted": "true" if in_bin else "false", "search": asked}
    rows = FILTERS[shown.kind](data, queryset=MODELS[shown.kind].objects.all()).qs
    return rows.defer("search_text", "search_vector")


def _query(asked: str, narrowed: dict[str, str], *, in_bin: bool) -> str:
    query = QueryDict(mutable=True)
    query.update({**narrowed, **({"q": asked} if asked else {}), **({"bin": "1"} if in_bin else {})})
    return query.urlencode()


def _overview(tenant: Tenant) -> dict[str, Any]:
    """What an account has, and the steps that are left for somebody who is new."""
    standing, summary = account_standing(), account_summary(tenant)
    steps = [
        (_("Say how your brand looks and speaks"), "brands", standing.has_brand_guidelines),
        (_("Set a budget"), "budgets", standing.has_budget),
        (_("Describe whom you want to reach"), "targets", standing.has_customer_profile),
        (_("Put one of each into a container"), "containers", summary.total_containers > 0),
        (_("Plan a campaign that uses it"), "plans", summary.total_campaign_usage > 0),
    ]
    return {
        "summary": summary,
        "standing": standing,
        "steps": steps,
        "is_ready": all(is_done for _label, _place, is_done in steps),
    }


def _cell(row: Any, name: str) -> Any:
    value = getattr(row, name)
    value = value() if callable(value) else value
    return _("yes") if value is True else "–" if value in (None, False, "") else value


@require_POST
@needs(CAMPAIGN_READ)
def many(request: PageRequest, place: str) -> HttpResponse:
    """Put many into the bin, or take them out; those the person may not touch stay."""
    shown = SHOWN[place]
    verb = VERBS.get(request.POST.get("verb", ""))
    chosen = _ids(request.POST.getlist("ids"))
    onward = HttpResponseRedirect(list_address(place) + ("?bin=1" if verb is restore_asset else ""))
    if verb is None or not chosen:
        messages.error(request, _("Choose some rows of the list first."))
        return onward
    done, problems = 0, list[str]()
    for asset_id in chosen:
        try:
            if may(request, shown, asset_id, PermissionLevel.MANAGE):
                verb(
                    tenant=request.membership.tenant, by=actor_of(request), kind=shown.kind, asset_id=asset_id
                )
                done += 1
            else:
                problems.append(_("Your role does not allow this for every row."))
        except AssetNotFound:
            problems.append(_("Some rows were not there any more."))
        except DomainError as error:
            problems.append(error.detail)
    if done:
        messages.success(request, ngettext("%(n)s row changed.", "%(n)s rows changed.", done) % {"n": done})
    for problem in dict.fromkeys(problems):
        messages.error(request, problem)
    return onward


def _ids(texts: list[str]) -> list[uuid.UUID]:
    found = []
    for text in texts[:MOST_AT_ONCE]:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(found))
