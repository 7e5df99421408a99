"""What is done to several customers of the list at once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cdp.errors import DomainError, Invalid
from cdp.permissions import PROFILE_DELETE, PROFILE_WRITE
from cdp.views.pages import PageRequest, actor_of, needs, require_code
from cdp.views.undo import back, report
from profiles.choices import ProfileStatus
from profiles.forms_parts import SegmentForm, TagForm
from profiles.models import Profile
from profiles.operations.bulk import MOST_AT_ONCE
from profiles.operations.deactivate_profiles import deactivate_profiles, reactivate_profiles
from profiles.operations.segment_profiles import add_to_segments
from profiles.operations.tag_profiles import tag_profiles
from profiles.views.labels import find_segment, outside_segment, tag_called, without_tag

Ids = list[uuid.UUID]


@require_POST
@needs(PROFILE_WRITE)
def bulk(request: PageRequest) -> HttpResponse:
    """Do the chosen act to the chosen customers, and return to the list."""
    act = ACTS.get(request.POST.get("act", ""))
    ids = _chosen(request.POST.getlist("ids"))
    try:
        if act is None:
            raise Invalid(_("Choose what to do."))
        if not ids:
            raise Invalid(_("Choose one or more customers first."))
        act(request, ids)
    except DomainError as error:
        messages.error(request, error.detail)
    return back(request, reverse("customers"))


def _chosen(values: list[str]) -> Ids:
    ids = []
    for value in values[:MOST_AT_ONCE]:
        try:
            ids.append(uuid.UUID(value))
        except ValueError:
            continue
    return list(dict.fromkeys(ids))


def _common(request: PageRequest, ids: Ids) -> dict[str, Any]:
    return {"tenant": request.membership.tenant, "by": actor_of(request), "profile_ids": ids}


def _tag(request: PageRequest, ids: Ids) -> None:
    form = TagForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Write the name of a tag."))
    ref = tag_called(form.cleaned_data["name"])
    fresh = without_tag(ids, ref)
    result = tag_profiles(**_common(request, ids), tags=[ref])
    tag = result.tags[0]
    text = ngettext(
        "%(number)d customer has the tag “%(name)s” now.",
        "%(number)d customers have the tag “%(name)s” now.",
        result.updated,
    ) % {"number": result.updated, "name": tag.name}
    report(
        request, text, undo="profile.untag", data={"profiles": fresh, "tag": str(tag.pk), "name": tag.name}
    )


def _segment(request: PageRequest, ids: Ids) -> None:
    form = SegmentForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("Choose a segment."))
    segment = find_segment(form.cleaned_data["segment"])
    fresh = outside_segment(ids, segment)
    result = add_to_segments(**_common(request, ids), segment_ids=[segment.pk])
    text = ngettext(
        "%(number)d customer is in the segment “%(name)s” now.",
        "%(number)d customers are in the segment “%(name)s” now.",
        result.updated,
    ) % {"number": result.updated, "name": segment.name}
    data = {"profiles": fresh, "segment": str(segment.pk), "name": segment.name}
    report(request, text, undo="profile.unsegment", data=data)


def _deactivate(request: PageRequest, ids: Ids) -> None:
    require_code(request, PROFILE_DELETE)
    moved = _with_status(ids, ProfileStatus.ACTIVE)
    deactivate_profiles(**_common(request, moved))
    text = ngettext(
        "%(number)d customer is inactive now.", "%(number)d customers are inactive now.", len(moved)
    )
    data = {"profiles": [str(profile_id) for profile_id in moved]}
    report(request, text % {"number": len(moved)}, undo="profile.reactivate", data=data)


def _reactivate(request: PageRequest, ids: Ids) -> None:
    require_code(request, PROFILE_DELETE)
    moved = _with_status(ids, ProfileStatus.INACTIVE)
    reactivate_profiles(**_common(request, moved))
    text = ngettext(
        "%(number)d customer is active again.", "%(number)d customers are active again.", len(moved)
    )
    data = {"profiles": [str(profile_id) for profile_id in moved]}
    report(request, text % {"number": len(moved)}, undo="profile.deactivate", data=data)


def _with_status(ids: Ids, status: ProfileStatus) -> Ids:
    found = Profile.objects.filter(pk__in=ids, status=status).values_list("pk", flat=True)
    if not found:
        raise Invalid(_("There was nothing to change."))
    return list(found)


ACTS: dict[str, Callable[[PageRequest, Ids], None]] = {
    "tag": _tag,
    "segment": _segment,
    "deactivate": _deactivate,
    "reactivate": _reactivate,
}
