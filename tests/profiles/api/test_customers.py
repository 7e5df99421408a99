"""Customers as S1 asks for them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from cdp.models import Tenant
from profiles.choices import LifecycleStage, ProfileStatus
from profiles.models import Profile
from tests.factories.profiles import ProfileFactory, SegmentMembershipFactory
from tests.profiles.api.expect import nothing_written, problem
from tests.world import World

PATH = "/api/v1/customers"


def ids(response: Any) -> list[str]:
    assert response.status_code == 200, response.content
    return [row["id"] for row in response.json()["data"]]


@pytest.mark.conforms("R20")
def test_the_most_recently_active_come_first_and_the_inactive_last(api: APIClient, acme: Tenant) -> None:
    now = timezone.now()
    never = ProfileFactory(last_activity_at=None)
    long_ago = ProfileFactory(last_activity_at=now - timedelta(days=9))
    today = ProfileFactory(last_activity_at=now)
    assert ids(api.get(PATH)) == [str(profile.pk) for profile in (today, long_ago, never)]


@pytest.mark.conforms("R20")
@pytest.mark.parametrize(
    ("query", "count", "has_more"),
    [({}, 5, False), ({"take": 2}, 2, True), ({"skip": 3, "take": 2}, 2, False), ({"skip": 9}, 0, False)],
)
def test_a_window_says_whether_there_is_more(
    api: APIClient, acme: Tenant, query: dict[str, int], count: int, has_more: bool
) -> None:
    for _ in range(5):
        ProfileFactory()
    body = api.get(PATH, query).json()
    assert len(body["data"]) == count
    assert body["meta"] == {
        "total": 5,
        "totalIsExact": True,
        "skip": query.get("skip", 0),
        "take": query.get("take", 25),
        "hasMore": has_more,
    }


@pytest.mark.conforms("R20", "R75")
def test_each_filter_narrows_the_customers(api: APIClient, acme: Tenant, somchai: Profile) -> None:
    vip = ProfileFactory(
        first_name="Ayesha", status=ProfileStatus.INACTIVE, lifecycle_stage=LifecycleStage.VIP
    )
    segment = SegmentMembershipFactory(profile=vip).segment
    for name, value in {
        "status": "INACTIVE",
        "lifecycleStage": "VIP",
        "search": "ayesha",
        "segmentId": str(segment.pk),
    }.items():
        response = api.get(PATH, {name: value})
        assert ids(response) == [str(vip.pk)], name
        assert response.json()["meta"]["total"] == 1, name


@pytest.mark.conforms("R20", "R170")
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"take": 101}, "take"),
        ({"take": 0}, "take"),
        ({"skip": -1}, "skip"),
        ({"skip": 100_000}, "skip"),
        ({"skip": "1e9"}, "skip"),
        ({"status": "x"}, "status"),
        ({"page": 2}, "page"),
    ],
)
def test_a_bad_query_is_refused_by_name(
    api: APIClient, acme: Tenant, query: dict[str, Any], field: str
) -> None:
    assert list(problem(api.get(PATH, query), 400)["errors"]) == [field]


@pytest.mark.conforms("R21")
def test_a_customer_comes_with_the_segments_by_name(api: APIClient, somchai: Profile) -> None:
    membership = SegmentMembershipFactory(profile=somchai)
    response = api.get(f"{PATH}/{somchai.pk}")
    [shown] = response.json()["segmentMemberships"]
    assert (shown["segmentId"], shown["segment"]["name"]) == (
        str(membership.segment_id),
        membership.segment.name,
    )
    assert response.json()["phoneNumber"] == "+66812345678"
    assert response["ETag"] == '"1"'


@pytest.mark.conforms("R21")
def test_a_change_says_who_made_it(world: World, somchai: Profile) -> None:
    browser = world.browser(world.bob)
    response = browser.patch(
        f"{PATH}/{somchai.pk}",
        {"lifecycleStage": "loyal", "phoneNumber": "081 999 9999"},
        content_type="application/json",
    )
    assert response.status_code == 200, response.content
    body = response.json()
    assert (body["lifecycleStage"], body["phoneNumber"]) == ("loyal", "+66819999999")
    assert body["updatedBy"] == f"user:{world.bob.pk}"


@pytest.mark.conforms("R172")
def test_a_customer_is_changed_at_the_version_seen(api: APIClient, somchai: Profile) -> None:
    for version, status in (('"9"', 412), ('"1"', 200)):
        response = api.patch(f"{PATH}/{somchai.pk}", {"industry": "Golf"}, headers={"If-Match": version})
        assert response.status_code == status


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"phoneNumber": "12"}, "phone"),
        ({"phoneNumber": "+66812345678", "phone": "+66899999999"}, "phoneNumber"),
        ({"updatedby": "me"}, "updatedby"),
    ],
)
def test_a_bad_change_is_refused_by_name(
    api: APIClient, somchai: Profile, said: dict[str, Any], field: str
) -> None:
    with nothing_written():
        assert list(problem(api.patch(f"{PATH}/{somchai.pk}", said), 400)["errors"]) == [field]
