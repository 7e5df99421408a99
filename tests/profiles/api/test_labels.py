"""Tags and segments."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from cdp.models import AuditEntry, Tenant
from cdp.tenancy.context import tenant_context
from profiles.models import Profile, ProfileTag, Segment, SegmentMembership, Tag
from tests.factories.profiles import (
    ProfileFactory,
    ProfileTagFactory,
    SegmentFactory,
    SegmentMembershipFactory,
    TagFactory,
)
from tests.profiles.api.expect import nothing_written, problem
from tests.world import World

KINDS = ["tags", "segments"]
UNKNOWN = "018f3c1e-0000-7000-8000-000000000001"


@pytest.mark.conforms("R74", "R75")
@pytest.mark.parametrize("kind", KINDS)
def test_a_label_is_made_listed_changed_and_removed(api: APIClient, acme: Tenant, kind: str) -> None:
    made = api.post(f"/{kind}", {"name": " Golfers "})
    assert made.status_code == 201, made.content
    path = f"/{kind}/{made.json()['id']}"
    assert api.get(path).json() == made.json()
    assert made.json()["name"] == "Golfers"
    assert [row["name"] for row in api.get(f"/{kind}").json()["data"]] == ["Golfers"]
    assert api.patch(path, {"name": "Players"}).json()["name"] == "Players"
    assert api.put(path, {"name": "Friends"}).json()["name"] == "Friends"
    assert api.delete(path).status_code == 204
    problem(api.get(path), 404)
    singular = kind[:-1]
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {f"{singular}.create", f"{singular}.update", f"{singular}.delete"} <= verbs


def test_a_tag_has_one_spelling_whoever_names_it(api: APIClient, acme: Tenant) -> None:
    made = api.post("/tags", {"name": "VIP  Cafe\u0301"}).json()
    assert made["name"] == "VIP Café"
    with nothing_written():
        problem(api.post("/tags", {"name": " VIP\u200b Café"}), 409)
        problem(api.post("/tags", {"name": "\u200b"}), 400)
        problem(api.patch(f"/tags/{made['id']}", {"name": "\u200b \u00a0"}), 400)
    assert api.patch(f"/tags/{made['id']}", {"name": "VIP\tGold"}).json()["name"] == "VIP Gold"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", ["get", "patch", "put", "delete"])
def test_a_strangers_label_is_not_found(api: APIClient, world: World, kind: str, method: str) -> None:
    def call(path: str) -> Any:
        return api.get(path) if method == "get" else getattr(api, method)(path, {"name": "Mine"})

    with tenant_context(world.zenith):
        theirs = (TagFactory if kind == "tags" else SegmentFactory)()
        with nothing_written():
            problem(call(f"/{kind}/{theirs.pk}"), 404)
    problem(call(f"/{kind}/{UNKNOWN}"), 404)
    assert api.get(f"/{kind}").json()["data"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_names_of_labels_are_unique(api: APIClient, acme: Tenant, kind: str) -> None:
    api.post(f"/{kind}", {"name": "Golfers"})
    other = api.post(f"/{kind}", {"name": "Players"}).json()["id"]
    with nothing_written():
        assert list(problem(api.post(f"/{kind}", {"name": "Golfers"}), 409)["errors"]) == ["name"]
        problem(api.patch(f"/{kind}/{other}", {"name": "Golfers"}), 409)


@pytest.mark.conforms("R170")
@pytest.mark.parametrize(
    ("kind", "said", "field"),
    [
        ("tags", {"name": ""}, "name"),
        ("tags", {"name": "x" * 61}, "name"),
        ("tags", {"name": "x", "color": "red"}, "color"),
        ("tags", {"name": "x", "color": "#FF0000\n"}, "color"),
        ("tags", {"name": "x", "size": 1}, "size"),
        ("segments", {}, "name"),
        ("segments", {"name": ["x"]}, "name"),
        ("segments", {"name": "x", "description": "x" * 501}, "description"),
    ],
)
def test_a_bad_label_is_refused_by_name(
    api: APIClient, acme: Tenant, kind: str, said: dict[str, Any], field: str
) -> None:
    with nothing_written():
        assert list(problem(api.post(f"/{kind}", said), 400)["errors"]) == [field]


@pytest.mark.conforms("R74")
def test_a_removed_tag_is_taken_off_every_customer(api: APIClient, somchai: Profile) -> None:
    link = ProfileTagFactory(profile=somchai)
    assert api.delete(f"/tags/{link.tag_id}").status_code == 204
    assert not ProfileTag.objects.exists()
    assert Profile.objects.filter(pk=somchai.pk).exists()


@pytest.mark.conforms("R75")
def test_members_join_and_leave_a_segment(api: APIClient, acme: Tenant) -> None:
    segment = SegmentFactory()
    ids = [str(ProfileFactory().pk) for _ in range(3)]
    path = f"/segments/{segment.pk}/members"
    assert api.post(path, {"profileIds": [*ids, UNKNOWN]}).json() == {"updated": 3, "failed": 1}
    body = api.get(path, {"limit": 2}).json()
    assert [row["id"] for row in body["data"]] == ids[:0:-1]
    assert body["meta"]["total"] == 3
    assert api.delete(path, {"profileIds": ids[:1]}).json() == {"updated": 1, "failed": 0}
    assert {row["id"] for row in api.get(path).json()["data"]} == set(ids[1:])
    assert Profile.objects.count() == 3


@pytest.mark.conforms("R75")
def test_a_removed_segment_leaves_its_members_alone(api: APIClient, acme: Tenant) -> None:
    membership = SegmentMembershipFactory()
    assert api.delete(f"/segments/{membership.segment_id}").status_code == 204
    assert not SegmentMembership.objects.exists()
    assert not Segment.objects.exists()
    assert Profile.objects.filter(pk=membership.profile_id).exists()


@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_members_of_a_strangers_segment_are_out_of_reach(
    api: APIClient, world: World, somchai: Profile, method: str
) -> None:
    with tenant_context(world.zenith):
        theirs = SegmentMembershipFactory()
        path = f"/segments/{theirs.segment_id}/members"
        with nothing_written():
            body = None if method == "get" else {"profileIds": [str(somchai.pk)]}
            problem(getattr(api, method)(path, body), 404)


def test_a_change_of_a_tag_leaves_what_is_not_given(api: APIClient, acme: Tenant) -> None:
    tag = TagFactory(name="VIP", color="#FF0000")
    assert api.patch(f"/tags/{tag.pk}", {"name": "Very important"}).json()["color"] == "#FF0000"
    assert api.patch(f"/tags/{tag.pk}", {"color": "#00ff00"}).json()["name"] == "Very important"
    assert Tag.objects.get().color == "#00ff00"
