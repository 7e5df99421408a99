"""One customer's tags and segments."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cdp.permissions import PROFILE_WRITE
from cdp.views.pages import PageRequest, actor_of, needs
from cdp.views.undo import report
from profiles.forms_parts import SegmentForm, TagForm
from profiles.operations.segment_profiles import add_to_segments, remove_from_segments
from profiles.operations.tag_profiles import tag_profiles, untag_profiles
from profiles.views.customer.answers import answer, find_customer
from profiles.views.labels import find_segment, find_tag, outside_segment, tag_called, without_tag


@require_POST
@needs(PROFILE_WRITE)
def add_tag(request: PageRequest, profile_id: uuid.UUID) -> HttpResponse:
    """Put a tag on."""
    profile = find_customer(profile_id)
    form = TagForm(request.POST)
    if not form.is_valid():
        return answer(request, profile.pk, "tags", errors=form)
    ref = tag_called(form.cleaned_data["name"])
    if not without_tag([profile.pk], ref):
        messages.info(request, _("The tag “%(name)s” was there already.") % {"name": ref.name})
        return answer(request, profile.pk, "tags")
    result = tag_profiles(
        tenant=request.membership.tenant, by=actor_of(request), profile_ids=[profile.pk], tags=[ref]
    )
    tag = result.tags[0]
    data = {"profiles": [str(profile.pk)], "tag": str(tag.pk), "name": tag.name}
    report(request, _("Put on the tag “%(name)s”.") % {"name": tag.name}, undo="profile.untag", data=data)
    return answer(request, profile.pk, "tags")


@require_POST
@needs(PROFILE_WRITE)
def remove_tag(request: PageRequest, profile_id: uuid.UUID, tag_id: uuid.UUID) -> HttpResponse:
    """Take a tag off."""
    profile, tag = find_customer(profile_id), find_tag(tag_id)
    untag_profiles(
        tenant=request.membership.tenant, by=actor_of(request), profile_ids=[profile.pk], tag_ids=[tag.pk]
    )
    data = {"profiles": [str(profile.pk)], "tag": str(tag.pk), "name": tag.name, "color": tag.color}
    report(request, _("Took off the tag “%(name)s”.") % {"name": tag.name}, undo="profile.tag", data=data)
    return answer(request, profile.pk, "tags")


@require_POST
@needs(PROFILE_WRITE)
def add_segment(request: PageRequest, profile_id: uuid.UUID) -> HttpResponse:
    """Put the customer into a segment."""
    profile = find_customer(profile_id)
    form = SegmentForm(request.POST)
    if not form.is_valid():
        return answer(request, profile.pk, "segments", errors=form)
    segment = find_segment(form.cleaned_data["segment"])
    if not outside_segment([profile.pk], segment):
        messages.info(request, _("Already in the segment “%(name)s”.") % {"name": segment.name})
        return answer(request, profile.pk, "segments")
    add_to_segments(
        tenant=request.membership.tenant,
        by=actor_of(request),
        profile_ids=[profile.pk],
        segment_ids=[segment.pk],
    )
    data = {"profiles": [str(profile.pk)], "segment": str(segment.pk), "name": segment.name}
    text = _("Put into the segment “%(name)s”.") % {"name": segment.name}
    report(request, text, undo="profile.unsegment", data=data)
    return answer(request, profile.pk, "segments")


@require_POST
@needs(PROFILE_WRITE)
def remove_segment(request: PageRequest, profile_id: uuid.UUID, segment_id: uuid.UUID) -> HttpResponse:
    """Take the customer out of a segment."""
    profile, segment = find_customer(profile_id), find_segment(segment_id)
    remove_from_segments(
        tenant=request.membership.tenant,
        by=actor_of(request),
        profile_ids=[profile.pk],
        segment_ids=[segment.pk],
    )
    data = {"profiles": [str(profile.pk)], "segment": str(segment.pk), "name": segment.name}
    text = _("Took out of the segment “%(name)s”.") % {"name": segment.name}
    report(request, text, undo="profile.segment", data=data)
    return answer(request, profile.pk, "segments")
