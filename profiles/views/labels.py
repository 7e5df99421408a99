"""Tags and segments people choose on pages."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from cdp.errors import NotFound
from profiles.display import hue_of
from profiles.forms_parts import PALETTE
from profiles.models import ProfileTag, Segment, SegmentMembership, Tag
from profiles.records import TagRef


def tag_called(name: str) -> TagRef:
    """Return the tag of this name, however it is capitalised, or a new one with a colour of its own."""
    known = Tag.objects.filter(name__iexact=name).order_by("pk").first()
    if known is not None:
        return TagRef(id=str(known.pk), name=known.name, color=known.color)
    return TagRef(name=name, color=PALETTE[hue_of(name.casefold()) % len(PALETTE)])


def find_tag(tag_id: uuid.UUID) -> Tag:
    """Return a tag; raises NotFound."""
    tag = Tag.objects.filter(pk=tag_id).first()
    if tag is None:
        raise NotFound("There is no such tag.")
    return tag


def find_segment(segment_id: uuid.UUID) -> Segment:
    """Return a segment; raises NotFound."""
    segment = Segment.objects.filter(pk=segment_id).first()
    if segment is None:
        raise NotFound("There is no such segment.")
    return segment


def without_tag(profile_ids: Sequence[uuid.UUID], ref: TagRef) -> list[str]:
    """Return those customers, as text, an undo may take the tag off again."""
    same = {"tag": ref.uuid} if ref.uuid else {"tag__name": ref.name}
    carriers = set(
        ProfileTag.objects.filter(profile__in=profile_ids, **same).values_list("profile", flat=True)
    )
    return [str(profile_id) for profile_id in profile_ids if profile_id not in carriers]


def outside_segment(profile_ids: Sequence[uuid.UUID], segment: Segment) -> list[str]:
    """Return those customers, as text, an undo may take out of the segment again."""
    memberships = SegmentMembership.objects.filter(profile__in=profile_ids, segment=segment)
    members = set(memberships.values_list("profile", flat=True))
    return [str(profile_id) for profile_id in profile_ids if profile_id not in members]
