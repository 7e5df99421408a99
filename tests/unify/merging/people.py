"""Customers with a bit of everything, and whatever people do to them: drawn by Hypothesis."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from hypothesis import strategies as st

from cdp.actors import Actor
from cdp.errors import DomainError
from cdp.models import Tenant
from profiles.choices import ContactKind
from profiles.models import Profile, ProfileTag, Segment, SegmentMembership, Tag
from profiles.operations.contact_points import add_contact_point, make_primary, remove_contact_point
from profiles.operations.deactivate_profiles import deactivate_profiles, reactivate_profiles
from profiles.operations.identifiers import add_identifier, remove_identifier
from profiles.operations.record_event import record_event
from profiles.operations.segment_profiles import add_to_segments, remove_from_segments
from profiles.operations.segments import delete_segment
from profiles.operations.tag_profiles import tag_profiles, untag_profiles
from profiles.operations.tags import delete_tag
from profiles.operations.update_profile import update_profile
from profiles.operations.writing import insert_profile
from profiles.records import ProfileRecord, TagRef
from tests.unify.merging.sales import SALES
from tests.unify.merging.sales import Act as SalesAct
from unify.merging.choices import MergeStatus
from unify.models import Merge

# Examples per property. More find more: UNMERGE_EXAMPLES=400 is an evening's work for a machine.
EXAMPLES = int(os.environ.get("UNMERGE_EXAMPLES", "12"))

EMAILS = ["a@example.com", "b@example.com", "c@example.com"]
PHONES = ["+66811111111", "+66822222222", "+66833333333"]
TAGS = ["Gold", "New", "Blue"]
SEGMENTS = ["North", "South"]
# Deleted for good now and then; nothing else makes them, so that their names stay free.
RARE_TAG, RARE_SEGMENT = "Rare", "East"
START = datetime(2026, 1, 1, tzinfo=UTC)

text = st.sampled_from(["", "", "Mali", "Som", "Thandi Zulu"])
json_values = st.sampled_from([1, True, 1.5, "x", None, [1], {"deep": 1}])
trees = st.dictionaries(st.sampled_from(["one", "two", "a.b", "x y"]), json_values, max_size=3)
values_of_people = st.fixed_dictionaries(
    {},
    optional={
        "firstName": text,
        "lastName": text,
        "name": text,
        "companyName": text,
        "email": st.sampled_from(EMAILS),
        "phone": st.sampled_from(PHONES),
        "gender": st.sampled_from(["", "female", "male"]),
        "dateOfBirth": st.sampled_from([None, "1990-01-02", "1985-05-05"]),
        "lifecycleStage": st.sampled_from(["SUBSCRIBER", "lead", "VIP"]),
        "address": st.dictionaries(
            st.sampled_from(["street", "city", "postalCode"]), st.sampled_from(["1", "2", "Rayong"])
        ),
        "attributes": trees,
        "metadata": trees,
        "primarySource": st.sampled_from(["ERP", "LINE", "MANUAL"]),
        "tags": st.lists(st.sampled_from([{"name": name} for name in TAGS]), max_size=2),
    },
)


def make_people(tenant: Tenant, by: Actor, drawn: list[dict[str, Any]]) -> list[Profile]:
    """Write the customers with ids, tags, segments and events."""
    tags = [Tag.objects.get_or_create(name=name)[0] for name in TAGS]
    segments = [Segment.objects.get_or_create(name=name)[0] for name in SEGMENTS]
    rare = Tag.objects.get_or_create(name=RARE_TAG)[0], Segment.objects.get_or_create(name=RARE_SEGMENT)[0]
    people = []
    for number, values in enumerate(drawn):
        said = {**values, "memberId": f"M{number}" if number % 2 else None}
        said |= {"segmentIds": [str(segments[number % 2].pk)], "externalIds": {"ERP": f"E{number}"}}
        record = ProfileRecord.parse(said, tenant=tenant)
        profile = insert_profile(tenant=tenant, by=by, record=record, verb="profile.create")
        if number % 3 != 1:
            ProfileTag.objects.create(profile=profile, tag=rare[0])
        if number % 2 == 0:
            SegmentMembership.objects.create(profile=profile, segment=rare[1])
        for hours in range(number % 3):
            at = START + timedelta(hours=hours + number)
            record_event(tenant=tenant, by=by, type="page_view", profile_id=profile.pk, timestamp=at)
        people.append(profile)
    assert tags
    return people


def edit(tenant: Tenant, by: Actor, profile: Profile, act: str, values: dict[str, Any], n: int) -> None:
    """Do something to a customer through the verb for it; what the verb refuses is no edit."""
    with suppress(DomainError):
        _ACTS[act](tenant, by, profile, values, n)


def _nth(rows: Any, n: int) -> Any:
    found = list(rows)
    return found[n % len(found)].pk if found else profile_without_rows()


def profile_without_rows() -> Any:
    raise DomainError("there is none")


def _everything_listed(tenant: Tenant, by: Actor, profile: Profile, values: Any, n: int) -> None:
    said = {
        "emails": [{"email": EMAILS[n % 3]}, {"email": EMAILS[(n + 1) % 3], "type": "WORK"}],
        "phones": [{"phone": PHONES[n % 3]}],
        "memberId": f"X{n}",
        "dateOfBirth": date(1999, 1, 1).isoformat(),
    }
    record = ProfileRecord.parse(said, tenant=tenant)
    update_profile(tenant=tenant, by=by, profile_id=profile.pk, record=record)


def _tag(n: int) -> Any:
    return Tag.objects.get(name=TAGS[n % len(TAGS)]).pk


def _segment(n: int) -> Any:
    return Segment.objects.get(name=SEGMENTS[n % len(SEGMENTS)]).pk


def rows_outside(act: str) -> set[str]:
    """Return the rows no merge knows of a label about to be deleted: they are gone for good."""
    held = Merge.objects.filter(status=MergeStatus.ACTIVE)
    known = {pk for pair in held.values_list("winner_id", "loser_id") for pk in pair}
    rows: dict[str, Any] = {
        "delete_tag": ProfileTag.objects.filter(tag__name=RARE_TAG),
        "delete_segment": SegmentMembership.objects.filter(segment__name=RARE_SEGMENT),
    }
    return {str(row.pk) for row in rows[act].exclude(profile__in=known)} if act in rows else set()


def _of_sales(
    act: SalesAct, tenant: Tenant, by: Actor, profile: Profile, values: dict[str, Any], n: int
) -> Any:
    return act(tenant, by, profile, values, n, _nth)


def _rare(model: Any, name: str) -> Any:
    found = model.objects.filter(name=name).first()
    return found.pk if found else profile_without_rows()


Act = Callable[[Tenant, Actor, Profile, dict[str, Any], int], Any]
_ACTS: dict[str, Act] = {
    "update": lambda t, by, p, v, n: update_profile(
        tenant=t, by=by, profile_id=p.pk, record=ProfileRecord.parse(v, tenant=t)
    ),
    "list": _everything_listed,
    "add_email": lambda t, by, p, v, n: add_contact_point(
        tenant=t, by=by, profile_id=p.pk, kind=ContactKind.EMAIL, value=f"new{n}@example.com"
    ),
    "remove_point": lambda t, by, p, v, n: remove_contact_point(
        tenant=t, by=by, profile_id=p.pk, contact_point_id=_nth(p.contact_points.all(), n)
    ),
    "make_primary": lambda t, by, p, v, n: make_primary(
        tenant=t, by=by, profile_id=p.pk, contact_point_id=_nth(p.contact_points.all(), n)
    ),
    "add_id": lambda t, by, p, v, n: add_identifier(
        tenant=t, by=by, profile_id=p.pk, source="ERP", external_id=f"N{n}", is_primary=bool(n % 2)
    ),
    "remove_id": lambda t, by, p, v, n: remove_identifier(
        tenant=t, by=by, profile_id=p.pk, identifier_id=_nth(p.identifiers.all(), n)
    ),
    "tag": lambda t, by, p, v, n: tag_profiles(
        tenant=t, by=by, profile_ids=[p.pk], tags=[TagRef(name=TAGS[n % len(TAGS)])]
    ),
    "untag": lambda t, by, p, v, n: untag_profiles(tenant=t, by=by, profile_ids=[p.pk], tag_ids=[_tag(n)]),
    "segment": lambda t, by, p, v, n: add_to_segments(
        tenant=t, by=by, profile_ids=[p.pk], segment_ids=[_segment(n)]
    ),
    "unsegment": lambda t, by, p, v, n: remove_from_segments(
        tenant=t, by=by, profile_ids=[p.pk], segment_ids=[_segment(n)]
    ),
    "tag_rare": lambda t, by, p, v, n: tag_profiles(
        tenant=t, by=by, profile_ids=[p.pk], tags=[TagRef(id=str(_rare(Tag, RARE_TAG)))]
    ),
    "untag_rare": lambda t, by, p, v, n: untag_profiles(
        tenant=t, by=by, profile_ids=[p.pk], tag_ids=[_rare(Tag, RARE_TAG)]
    ),
    "delete_tag": lambda t, by, p, v, n: delete_tag(tenant=t, by=by, tag_id=_rare(Tag, RARE_TAG)),
    "delete_segment": lambda t, by, p, v, n: delete_segment(
        tenant=t, by=by, segment_id=_rare(Segment, RARE_SEGMENT)
    ),
    "deactivate": lambda t, by, p, v, n: deactivate_profiles(tenant=t, by=by, profile_ids=[p.pk]),
    "reactivate": lambda t, by, p, v, n: reactivate_profiles(tenant=t, by=by, profile_ids=[p.pk]),
    "event": lambda t, by, p, v, n: record_event(tenant=t, by=by, type="new", profile_id=p.pk),
}
acts = st.sampled_from(sorted(_ACTS))
_ACTS |= {name: partial(_of_sales, act) for name, act in SALES.items()}
acts_of_agents_too = st.sampled_from(sorted(_ACTS))
