"""Doing something to many customers at once."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from rest_framework.test import APIClient

from cdp.models import AuditEntry, Tenant
from cdp.tenancy.context import tenant_context
from profiles.models import Profile, ProfileTag, SegmentMembership, Tag
from tests.factories.profiles import ProfileFactory, SegmentFactory, TagFactory
from tests.profiles.api.expect import nothing_written, problem
from tests.world import World

UNKNOWN = "018f3c1e-0000-7000-8000-000000000001"
TAGS = [{"name": "VIP", "color": "#FF0000"}]
BULK_TAGS = ("post", "/profiles/bulk/tags", {"tags": TAGS})
BULK_SEGMENTS = ("post", "/profiles/bulk/segments", {"segmentIds": [UNKNOWN]})
BULK: tuple[str, str, dict[str, Any]] = ("delete", "/profiles/bulk", {})


def three() -> list[str]:
    return [str(ProfileFactory().pk) for _ in range(3)]


@pytest.mark.conforms("R24", "R74")
def test_many_customers_are_tagged(api: APIClient, acme: Tenant) -> None:
    known = TagFactory(name="Golfer")
    tags = [{"id": str(known.pk), "name": "Golfer"}, *TAGS]
    ids = three()
    response = api.post("/profiles/bulk/tags", {"profileIds": [*ids, UNKNOWN], "tags": tags})
    assert (response.status_code, response.json()) == (200, {"updated": 3, "failed": 1})
    assert ProfileTag.objects.filter(profile_id__in=ids).count() == 6
    assert Tag.objects.get(name="VIP").color == "#FF0000"
    assert AuditEntry.objects.filter(verb="profile.tag").count() == 3


@pytest.mark.conforms("R24", "R75")
def test_many_customers_are_put_in_segments(api: APIClient, acme: Tenant) -> None:
    segments = [str(SegmentFactory().pk) for _ in range(2)]
    ids = three()
    body = {"profileIds": [*ids, UNKNOWN], "segmentIds": segments}
    for _ in range(2):
        response = api.post("/profiles/bulk/segments", body)
        assert (response.status_code, response.json()) == (200, {"updated": 3, "failed": 1})
    assert SegmentMembership.objects.count() == 6
    assert api.get("/profiles", {"segmentId": segments[0]}).json()["meta"]["total"] == 3


@pytest.mark.conforms("R24", "R18")
def test_many_customers_are_deactivated(api: APIClient, acme: Tenant) -> None:
    ids = three()
    response = api.delete("/profiles/bulk", {"profileIds": [*ids[:2], UNKNOWN]})
    assert (response.status_code, response.content) == (204, b"")
    assert (response["X-Updated"], response["X-Failed"]) == ("2", "1")
    statuses = {str(profile.pk): profile.status for profile in Profile.objects.all()}
    assert statuses == {ids[0]: "INACTIVE", ids[1]: "INACTIVE", ids[2]: "ACTIVE"}


@pytest.mark.conforms("R158")
def test_strangers_are_not_reached_by_bulk(api: APIClient, world: World) -> None:
    with tenant_context(world.zenith):
        theirs = str(ProfileFactory().pk)
        segment = str(SegmentFactory().pk)
        with nothing_written():
            body = {"profileIds": [theirs]}
            assert api.delete("/profiles/bulk", body)["X-Failed"] == "1"
            assert api.post("/profiles/bulk/tags", {**body, "tags": TAGS}).json()["failed"] == 1
            response = api.post("/profiles/bulk/segments", {**body, "segmentIds": [segment]})
            assert list(problem(response, 400)["errors"]) == ["segmentIds"]


@pytest.mark.conforms("R170")
@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"profileIds": []}, "profileIds"),
        ({"profileIds": None}, "profileIds"),
        ({"profileIds": "all"}, "profileIds"),
        ({"profileIds": [UNKNOWN, UNKNOWN]}, "profileIds"),
        ({"profileIds": [UNKNOWN, "profile-001"]}, "profileIds[1]"),
        ({"profileIds": [5]}, "profileIds[0]"),
        ({"profileIds": [str(uuid.uuid4()) for _ in range(1001)]}, "profileIds"),
        ({"profileIds": [str(uuid.uuid4()) for _ in range(10_000)]}, "profileIds"),
        ({"status": "ACTIVE"}, "status"),
    ],
)
@pytest.mark.parametrize("endpoint", [BULK_TAGS, BULK_SEGMENTS, BULK])
def test_a_bad_list_is_refused_by_name(
    api: APIClient, acme: Tenant, endpoint: tuple[str, str, Any], said: dict[str, Any], field: str
) -> None:
    method, path, more = endpoint
    profile = ProfileFactory()
    with nothing_written():
        response = getattr(api, method)(path, {"profileIds": [str(profile.pk)], **more, **said})
    assert list(problem(response, 400)["errors"]) == [field]


@pytest.mark.parametrize("tags", [[], [{}], [{"id": UNKNOWN}], [{"name": "x" * 61}], "VIP", [["VIP"]]])
def test_bad_tags_are_refused(api: APIClient, acme: Tenant, tags: Any) -> None:
    profile = ProfileFactory()
    with nothing_written():
        response = api.post("/profiles/bulk/tags", {"profileIds": [str(profile.pk)], "tags": tags})
    assert next(iter(problem(response, 400)["errors"])).startswith("tags")


def test_a_thousand_customers_are_taken_at_once(api: APIClient, acme: Tenant) -> None:
    ids = [str(uuid.uuid4()) for _ in range(999)]
    response = api.post("/profiles/bulk/tags", {"profileIds": [*ids, str(ProfileFactory().pk)], "tags": TAGS})
    assert response.json() == {"updated": 1, "failed": 999}
