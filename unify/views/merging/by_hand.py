"""Merging two customers somebody has found to be one."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cdp.errors import DomainError, NotFound
from cdp.permissions import UNIFY_MERGE
from cdp.views.pages import PageRequest, actor_of, needs, render_page, render_part, wants_part
from cdp.views.undo import report
from profiles.errors import ProfileNotFound
from profiles.models import Profile
from profiles.views.customer.answers import customer_address
from unify.choices import CandidateOrigin
from unify.deciding.errors import NeedsSecondPerson
from unify.models import Merge
from unify.operations.find_alike import find_alike
from unify.operations.merge_by_hand import merge_by_hand, takes_two
from unify.operations.open_candidate import open_candidate
from unify.views.comparing.reasons import reasons_of
from unify.views.comparing.screen import Screen, load_profiles, screen_of

MOST_FOUND = 20
MOST_HINTED = 5
LONGEST_SEARCH = 200
VERSION = "version-"
VERSION_NUMBER = re.compile(r"[0-9]{1,10}")


@require_safe
@needs(UNIFY_MERGE)
def choose(request: PageRequest, profile_id: uuid.UUID) -> HttpResponse:
    """Find the other customer: the likely ones first, anybody by search."""
    profile = _open(profile_id)
    q = request.GET.get("q", "").replace("\x00", "")[:LONGEST_SEARCH].strip()
    tenant = request.membership.tenant
    context: dict[str, Any] = {
        "profile": profile,
        "q": q,
        "found": _found(profile, q) if q else [],
        "alike": [] if q else _alike(tenant, profile),
        "region": tenant.region,
    }
    if wants_part(request):
        return render_part(request, "unify/merging/_found.html", context)
    title = _("Merge %(name)s with…") % {"name": profile.shown_name}
    return render_page(request, "unify/merging/choose.html", context, title=title)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(UNIFY_MERGE)
def compare(request: PageRequest, profile_id: uuid.UUID, other_id: uuid.UUID) -> HttpResponse:
    """Show both side by side, or merge them."""
    profiles = _pair(profile_id, other_id)
    if request.method != "POST" or "preview" in request.POST:
        data = request.POST if request.method == "POST" else request.GET
        return _page(request, profiles, data, profile_id)
    screen = screen_of(request.membership.tenant, profiles, request.POST)
    try:
        merges = _merge(request, screen)
    except NotFound:
        raise
    except NeedsSecondPerson as error:
        return _to_the_queue(request, profiles, profile_id, error)
    except DomainError as error:
        return _page(request, profiles, request.POST, profile_id, error=error)
    survivor = Profile.objects.get(pk=merges[0].winner_id)  # under the name that was chosen for it
    report(
        request,
        _("Merged into %(name)s.") % {"name": survivor.shown_name},
        undo="unify.merge",
        data={"group": str(merges[0].group_id)},
    )
    return HttpResponseRedirect(customer_address(merges[0].winner_id))


@require_safe
@needs(UNIFY_MERGE)
def preview(request: PageRequest, profile_id: uuid.UUID, other_id: uuid.UUID) -> HttpResponse:
    """Show what would be kept with another winner or other values."""
    profiles = _pair(profile_id, other_id)
    if not wants_part(request):
        return HttpResponseRedirect(reverse("merge-compare", args=[profile_id, other_id]))
    screen = screen_of(request.membership.tenant, profiles, request.GET)
    return render_part(request, "unify/_compare.html", {"table": screen.table, "may_decide": True})


def _merge(request: PageRequest, screen: Screen) -> list[Merge]:
    tenant, chosen = request.membership.tenant, screen.table.chosen
    return merge_by_hand(
        tenant=tenant,
        by=actor_of(request),
        winner_id=chosen.winner,
        loser_ids=chosen.losers,
        strategy=chosen.strategy,
        resolved_conflicts=screen.by_hand,
        reason=chosen.reason,
        force=chosen.insists,
        seen=_seen(request.POST, chosen.members),
    )


def _seen(data: QueryDict, members: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Return the versions the form was shown with; what is no number was never shown."""
    posted = {one: str(data.get(name)) for one in members if (name := f"{VERSION}{one}") in data}
    return {one: int(text) if VERSION_NUMBER.fullmatch(text) else 0 for one, text in posted.items()}


def _to_the_queue(
    request: PageRequest, profiles: list[Profile], profile_id: uuid.UUID, error: NeedsSecondPerson
) -> HttpResponse:
    """Have the merge decided by two people, in a case that is opened for it if there is none."""
    case_id: object = error.members["caseId"]
    if case_id is None:
        pair = open_candidate(
            tenant=request.membership.tenant,
            low_id=profiles[0].pk,
            high_id=profiles[1].pk,
            origin=CandidateOrigin.PERSON,
        )
        case_id = pair.case_id if pair else None
    if case_id is None:
        return _page(request, profiles, request.POST, profile_id, error=error)
    messages.info(request, error.detail)
    return HttpResponseRedirect(reverse("review-case", args=[case_id]))


def _page(
    request: PageRequest,
    profiles: list[Profile],
    data: QueryDict,
    profile_id: uuid.UUID,
    *,
    error: DomainError | None = None,
) -> HttpResponse:
    tenant = request.membership.tenant
    screen = screen_of(tenant, profiles, data)
    numbers = {side.profile.pk: side.number for side in screen.table.sides}
    context: dict[str, Any] = {
        "screen": screen,
        "table": screen.table,
        "may_decide": True,
        "reason": data.get("reason", ""),
        "error": error,
        "takes_two": takes_two(tenant, [one.pk for one in profiles]),
        "profile_id": profile_id,
        "other_id": next(one.pk for one in profiles if one.pk != profile_id),
        "pairs": reasons_of(tenant, [(profiles[0].pk, profiles[1].pk)], numbers),
    }
    status = error.status if error else 200
    return render_page(request, "unify/merging/compare.html", context, title=_("Merge"), status=status)


def _open(profile_id: uuid.UUID) -> Profile:
    profile = Profile.objects.visible().filter(pk=profile_id).first()
    if profile is None:
        raise ProfileNotFound
    return profile


def _pair(profile_id: uuid.UUID, other_id: uuid.UUID) -> list[Profile]:
    profiles = load_profiles([profile_id, other_id])
    if len(profiles) != 2:  # noqa: PLR2004 (a pair)
        raise Http404(_("One of these customers is no longer here."))
    return profiles


def _found(profile: Profile, q: str) -> list[Profile]:
    rows = Profile.objects.visible().exclude(pk=profile.pk).matching(q).defer("search_text")
    return list(rows.order_by("name", "pk")[:MOST_FOUND])


def _alike(tenant: Any, profile: Profile) -> list[Any]:
    try:
        return list(find_alike(tenant=tenant, profile_id=profile.pk, limit=MOST_HINTED))
    except ProfileNotFound:
        return []  # an inactive customer is compared with nobody
