"""Which customers a target profile meets."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns import tasks
from campaigns.models import TargetProfile
from campaigns.operations.queueing import REFRESH_TASK
from campaigns.operations.target_segments import (
    SEGMENTS,
    follow_target,
    refresh_target_segment,
    target_segment_ids,
    unfollow_target,
)
from campaigns.shapes import Radius
from campaigns.targeting.circle import distance_km
from campaigns.targeting.conditions import years_before
from campaigns.targeting.size import live_size, overlap_of, sample_of
from cdp.models import AuditEntry, Tenant
from profiles.models import Segment, SegmentMembership
from tests.campaigns.making import TARGET, change, make
from tests.factories.profiles import ProfileFactory, ProfileTagFactory, TagFactory
from tests.world import World

TODAY = date(2026, 3, 10)
BANGKOK = {"latitude": 13.7563, "longitude": 100.5018}
NONTHABURI = {"latitude": 13.8591, "longitude": 100.5217}
CHIANG_MAI = {"latitude": 18.7883, "longitude": 98.9853}


def target(world: World, interests: list[str] | None = None, **demographics: Any) -> TargetProfile:
    made: TargetProfile = make(world, TARGET, demographics=demographics, interests=interests or [])
    return made


def met(one: TargetProfile) -> set[str]:
    return {profile.first_name for profile in sample_of(one, TODAY)}


@pytest.mark.conforms("B136")
def test_ages_count_whole_years_and_both_ends(world: World, acme: Tenant) -> None:
    born = {"A": date(2001, 3, 10), "B": date(2001, 3, 11), "C": date(1995, 3, 11), "D": date(1995, 3, 10)}
    for name, day in born.items():
        ProfileFactory(first_name=name, date_of_birth=day)
    ProfileFactory(first_name="Unknown")
    assert met(target(world, ageRange={"min": 25, "max": 30})) == {"A", "C"}


@pytest.mark.conforms("B136")
def test_gender_and_place_are_compared_as_people_write_them(world: World, acme: Tenant) -> None:
    ProfileFactory(first_name="A", gender="female", address={"country": "Thailand", "city": "BANGKOK"})
    ProfileFactory(first_name="B", gender="male", address={"country": "th", "city": "Bangkok"})
    ProfileFactory(first_name="C", gender="female", address={"country": "ZA"})
    assert met(target(world, location={"countries": ["TH"]})) == {"A", "B"}
    assert met(target(world, gender="female", location={"cities": ["bangkok"]})) == {"A"}
    assert met(target(world, gender="all")) == {"A", "B", "C"}


@pytest.mark.conforms("B136")
def test_a_circle_holds_who_is_known_to_be_inside(world: World, acme: Tenant) -> None:
    for name, place in (("A", BANGKOK), ("B", NONTHABURI), ("C", CHIANG_MAI)):
        ProfileFactory(first_name=name, attributes=place)
    ProfileFactory(first_name="Text", attributes={"latitude": "13.7563", "longitude": "x"})
    ProfileFactory(first_name="Nowhere")
    ProfileFactory(first_name="Moved", address=CHIANG_MAI, attributes=BANGKOK)
    ProfileFactory(first_name="Lives", address=BANGKOK, attributes=CHIANG_MAI)
    near = target(world, location={"radius": {**BANGKOK, "radius": 10, "unit": "miles"}})
    assert met(near) == {"A", "B", "Lives"}
    assert met(target(world, location={"radius": {**BANGKOK, "radius": 10}})) == {"A", "Lives"}


@pytest.mark.conforms("B136")
def test_income_counts_where_it_is_known(world: World, acme: Tenant) -> None:
    for name, attributes in (("Low", {"income": 9}), ("High", {"income": 100.5}), ("Text", {"income": "9"})):
        ProfileFactory(first_name=name, attributes=attributes)
    assert met(target(world, incomeRange={"min": 10})) == {"High", "Text"}
    assert met(target(world, incomeRange={"min": 0, "max": 50})) == {"Low", "Text"}


@pytest.mark.conforms("B136")
def test_one_interest_is_enough_and_interests_are_tags(world: World, acme: Tenant) -> None:
    golf = TagFactory(name="Golf")
    ProfileTagFactory(profile=ProfileFactory(first_name="A"), tag=golf)
    ProfileFactory(first_name="B")
    assert met(target(world, interests=["GOLF", "chess"])) == {"A"}
    assert met(target(world, interests=["chess"])) == set()


@pytest.mark.conforms("B136")
def test_two_targets_overlap_in_whom_both_meet(world: World, acme: Tenant) -> None:
    for year in (1990, 1995, 2000):
        ProfileFactory(date_of_birth=date(year, 1, 1))
    ProfileFactory(status="INACTIVE", date_of_birth=date(1995, 1, 1))
    older, younger = target(world, ageRange={"min": 30}), target(world, ageRange={"max": 32})
    size, overlap = live_size(older, TODAY), overlap_of(older, younger, TODAY)
    assert (size.customers, size.matching, size.percentage) == (3, 2, 66.67)
    assert (overlap.first, overlap.second, overlap.both, overlap.similarity) == (2, 2, 1, 0.3333)
    assert live_size(target(world), TODAY).matching == 3


@pytest.mark.conforms("B136")
def test_a_segment_follows_its_target(world: World, acme: Tenant) -> None:
    stays, comes = (ProfileFactory(gender=gender) for gender in ("female", "male"))
    women = target(world, gender="female")
    followed = follow_target(tenant=acme, by=world.by, target_id=women.pk, name="Women")
    assert members() == {stays.pk}
    assert followed.size == 1
    change(world, women, demographics={"gender": "male"})
    refreshed = refresh_target_segment(tenant=acme, by=SEGMENTS, target_segment_id=followed.pk)
    assert members() == {comes.pk}
    assert refreshed.size == 1
    changes = AuditEntry.objects.filter(verb="target_profile.refresh_segment").latest("at").changes
    assert (changes["came"], changes["left"]) == ([None, 1], [None, 1])
    assert target_segment_ids() == [followed.pk]
    unfollow_target(tenant=acme, by=world.by, target_id=women.pk)
    assert Segment.objects.get().name == "Women"
    assert members() == {comes.pk}


def test_a_segment_of_nobody_is_empty_and_fills_once_the_tag_is_there(world: World, acme: Tenant) -> None:
    golfer = ProfileFactory()
    follows = target(world, interests=["golf"])
    followed = follow_target(tenant=acme, by=world.by, target_id=follows.pk, name="Golf")
    assert (followed.size, members()) == (0, set())
    tagging = ProfileTagFactory(profile=golfer, tag=TagFactory(name="Golf"))
    assert refresh_target_segment(tenant=acme, by=SEGMENTS, target_segment_id=followed.pk).size == 1
    tagging.tag.delete()
    assert refresh_target_segment(tenant=acme, by=SEGMENTS, target_segment_id=followed.pk).size == 0


def test_every_segment_is_refreshed_by_a_task_of_its_own(
    world: World, acme: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [
        follow_target(tenant=acme, by=world.by, target_id=target(world).pk, name=f"S{number}").pk
        for number in range(3)
    ]
    queued = list[tuple[str, list[str]]]()

    class Queue:
        def send_task(self, name: str, args: list[str]) -> None:
            queued.append((name, args))

    monkeypatch.setattr(tasks, "current_app", Queue())
    tasks.refresh_segments_of_tenant(str(acme.pk))
    assert queued == [(REFRESH_TASK, [str(acme.pk), str(one)]) for one in sorted(ids)]


def members() -> set[Any]:
    return set(SegmentMembership.objects.values_list("profile_id", flat=True))


@given(
    born=st.dates(date(1900, 1, 1), date(2026, 12, 31)), today=st.dates(date(2020, 1, 1), date(2030, 1, 1))
)
def test_an_age_is_reached_on_the_birthday(born: date, today: date) -> None:
    if born > today:
        return
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    assert born <= years_before(today, age)
    assert born > years_before(today, age + 1)


def test_distances_are_those_on_the_earth() -> None:
    circle = Radius.model_validate({**BANGKOK, "radius": 1})
    assert distance_km(CHIANG_MAI["latitude"], CHIANG_MAI["longitude"], circle) == pytest.approx(582, abs=3)


@pytest.mark.conforms("B136")
def test_income_in_another_currency_is_not_known(world: World, acme: Tenant) -> None:
    ProfileFactory(first_name="A", attributes={"income": 50_000})
    ProfileFactory(first_name="B", attributes={"income": 2_000_000})
    assert met(target(world, incomeRange={"min": 1_000_000, "currency": acme.currency})) == {"B"}
    assert met(target(world, incomeRange={"min": 1_000_000, "currency": "USD"})) == {"A", "B"}
