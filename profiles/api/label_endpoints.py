"""The endpoints of tags and segments: whom they are open to, what they take and answer."""

from __future__ import annotations

from cdp.api.operation import operation
from cdp.api.paging import PageQuery
from cdp.permissions import PROFILE_READ, PROFILE_WRITE
from profiles.api import examples
from profiles.api.serializers import bodies, parts, profiles, queries

list_tags = operation("List tags", tag="tags", code=PROFILE_READ, query=PageQuery, answer=queries.TagPage)
get_tag = operation("Get a tag", tag="tags", code=PROFILE_READ, answer=parts.TagAnswer)
make_tag = operation(
    "Make a tag",
    tag="tags",
    code=PROFILE_WRITE,
    status=201,
    body=bodies.TagBody,
    answer=parts.TagAnswer,
    example=examples.TAG,
)
change_tag = operation(
    "Change a tag",
    tag="tags",
    code=PROFILE_WRITE,
    body=bodies.TagChangeBody,
    answer=parts.TagAnswer,
    example=examples.TAG,
)
remove_tag = operation("Remove a tag", tag="tags", code=PROFILE_WRITE, status=204)

list_segments = operation(
    "List segments", tag="segments", code=PROFILE_READ, query=PageQuery, answer=queries.SegmentPage
)
get_segment = operation("Get a segment", tag="segments", code=PROFILE_READ, answer=parts.SegmentAnswer)
make_segment = operation(
    "Make a segment",
    tag="segments",
    code=PROFILE_WRITE,
    status=201,
    body=bodies.SegmentBody,
    answer=parts.SegmentAnswer,
    example=examples.SEGMENT,
)
change_segment = operation(
    "Change a segment",
    tag="segments",
    code=PROFILE_WRITE,
    body=bodies.SegmentChangeBody,
    answer=parts.SegmentAnswer,
    example=examples.SEGMENT,
)
remove_segment = operation("Remove a segment", tag="segments", code=PROFILE_WRITE, status=204)
list_members = operation(
    "List members", tag="segments", code=PROFILE_READ, query=PageQuery, answer=profiles.ProfilePage
)
add_members = operation(
    "Add members",
    tag="segments",
    code=PROFILE_WRITE,
    body=bodies.ProfileIdsBody,
    answer=queries.BulkAnswer,
    example=examples.PROFILE_IDS,
)
remove_members = operation(
    "Remove members",
    tag="segments",
    code=PROFILE_WRITE,
    body=bodies.ProfileIdsBody,
    answer=queries.BulkAnswer,
    example=examples.PROFILE_IDS,
)
