"""Tags and segments of one customer, as part of a larger verb."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence

from cdp import audit
from cdp.actors import Actor
from cdp.errors import Invalid
from profiles.models import Profile, ProfileTag, Segment, SegmentMembership, Tag
from profiles.models.tag import DEFAULT_COLOR
from profiles.records import TagRef


def find_or_make_tags(refs: Sequence[TagRef], *, by: Actor) -> list[Tag]:
    """Return the tags the references name, making those known by a new name only.

    Raises Invalid for an id that does not exist and comes without a name.
    """
    by_id = {tag.pk: tag for tag in Tag.objects.filter(pk__in=[ref.uuid for ref in refs if ref.uuid])}
    nameless = [ref for ref in refs if (ref.uuid is None or ref.uuid not in by_id) and not ref.name]
    if nameless:
        raise Invalid("See errors for each field.", fields={"tags": ["There is no such tag; give its name."]})
    named = {ref.name: ref for ref in refs if ref.uuid is None or ref.uuid not in by_id}
    made = [
        Tag(name=name, color=ref.color or DEFAULT_COLOR, created_by=str(by), updated_by=str(by))
        for name, ref in sorted(named.items())  # two requests must not wait for each other
    ]
    Tag.objects.bulk_create(made, ignore_conflicts=True)
    found = list(Tag.objects.filter(name__in=named))
    # Those of another name's row were there before, or another request was faster.
    new = {tag.pk for tag in made} & {tag.pk for tag in found}
    entries = [
        (tag, {"name": [None, tag.name], "color": [None, tag.color]}) for tag in found if tag.pk in new
    ]
    audit.record_many(verb="tag.create", entries=entries, by=by)
    return list({tag.pk: tag for tag in [*by_id.values(), *found]}.values())


def existing_segments(segment_ids: Iterable[uuid.UUID]) -> list[Segment]:
    """Return the segments; raises Invalid when one does not exist."""
    wanted = set(segment_ids)
    segments = list(Segment.objects.filter(pk__in=wanted))
    if len(segments) < len(wanted):
        raise Invalid("See errors for each field.", fields={"segmentIds": ["There is no such segment."]})
    return segments


def put_tags(*, profile: Profile, tags: Sequence[TagRef], by: Actor) -> None:
    """Make the customer carry exactly these tags."""
    wanted = find_or_make_tags(tags, by=by) if tags else []
    ProfileTag.objects.filter(profile=profile).exclude(tag__in=wanted).delete()
    ProfileTag.objects.bulk_create(
        [ProfileTag(profile=profile, tag=tag) for tag in wanted], ignore_conflicts=True
    )


def put_in_segments(*, profile: Profile, segment_ids: Iterable[uuid.UUID]) -> None:
    """Make the customer a member of exactly these segments."""
    wanted = existing_segments(segment_ids)
    SegmentMembership.objects.filter(profile=profile).exclude(segment__in=wanted).delete()
    SegmentMembership.objects.bulk_create(
        [SegmentMembership(profile=profile, segment=segment) for segment in wanted], ignore_conflicts=True
    )
