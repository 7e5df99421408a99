"""Listing customers."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from profiles import counting
from profiles.choices import LifecycleStage, ProfileStatus, ProfileType
from profiles.models import Profile
from tests.factories.profiles import (
    ProfileFactory,
    ProfileIdentifierFactory,
    ProfileTagFactory,
    SegmentMembershipFactory,
)
from tests.world import World


def ids(response: Any) -> list[str]:
    assert response.status_code == 200, response.content
    return [row["id"] for row in response.json()["data"]]


@pytest.mark.conforms("R19")
def test_a_page_of_customers_has_the_shape_of_the_seed(api: APIClient, somchai: Profile) -> None:
    identifier = ProfileIdentifierFactory(profile=somchai)
    link = ProfileTagFactory(profile=somchai)
    membership = SegmentMembershipFactory(profile=somchai)
    body = api.get("/profiles").json()
    assert body["meta"] == {"total": 1, "totalIsExact": True, "page": 1, "limit": 20, "totalPages": 1}
    [row] = body["data"]
    assert (row["name"], row["email"], row["type"], row["status"]) == (
        "Somchai Jaidee",
        "somchai@example.com",
        "INDIVIDUAL",
        "ACTIVE",
    )
    assert row["identifiers"][0]["externalId"] == identifier.external_id
    tag = {"id": str(link.tag.pk), "name": link.tag.name, "color": link.tag.color}
    assert row["tagsRelations"] == [{"tag": tag}]
    assert row["tags"] == [tag]
    assert row["segmentIds"] == [str(membership.segment_id)]


@pytest.mark.conforms("R19")
def test_pages_follow_each_other_without_overlap(api: APIClient, acme: Tenant) -> None:
    for _ in range(5):
        ProfileFactory()
    pages = [api.get("/profiles", {"page": page, "limit": 2}) for page in (1, 2, 3, 4)]
    assert [len(ids(page)) for page in pages] == [2, 2, 1, 0]
    assert len({profile_id for page in pages for profile_id in ids(page)}) == 5
    assert pages[0].json()["meta"]["totalPages"] == 3


@pytest.mark.conforms("R19")
@pytest.mark.parametrize("sort_by", ["createdAt", "updatedAt", "name", "lastActivityAt"])
def test_every_sort_runs_in_both_directions(api: APIClient, acme: Tenant, sort_by: str) -> None:
    now = timezone.now()
    made = [
        ProfileFactory(name=name, last_activity_at=at)
        for name, at in (("Anan", None), ("Busaba", now - timedelta(days=1)), ("Chai", now))
    ]
    expected = [str(profile.pk) for profile in made]
    assert ids(api.get("/profiles", {"sortBy": sort_by, "sortOrder": "asc"})) == expected
    assert ids(api.get("/profiles", {"sortBy": sort_by, "sortOrder": "desc"})) == expected[::-1]


@pytest.mark.conforms("R19")
@pytest.mark.parametrize(
    "search", ["somch", "JAIDEE somchai", "somchai@example.com", "0812345678"[1:], "สมชาย"]
)
def test_search_finds_a_customer_by(api: APIClient, acme: Tenant, somchai: Profile, search: str) -> None:
    Profile.objects.filter(pk=somchai.pk).update(company_name="ร้านสมชาย")
    ProfileFactory(first_name="Mali")
    response = api.get("/profiles", {"search": search})
    assert ids(response) == [str(somchai.pk)]
    assert response.json()["meta"]["total"] == 1


def test_each_filter_narrows_the_list(api: APIClient, acme: Tenant, somchai: Profile) -> None:
    company = ProfileFactory(
        type=ProfileType.COMPANY, status=ProfileStatus.INACTIVE, lifecycle_stage=LifecycleStage.VIP
    )
    tag = ProfileTagFactory(profile=company).tag
    segment = SegmentMembershipFactory(profile=company).segment
    ProfileIdentifierFactory(profile=company, source="LINE")
    filters = {
        "type": "COMPANY",
        "status": "INACTIVE",
        "lifecycleStage": "VIP",
        "tagId": str(tag.pk),
        "segmentId": str(segment.pk),
        "source": "LINE",
    }
    for name, value in filters.items():
        response = api.get("/profiles", {name: value})
        assert ids(response) == [str(company.pk)], name
        assert response.json()["meta"]["total"] == 1, name
    assert ids(api.get("/profiles", {**filters, "type": "INDIVIDUAL"})) == []


def test_merged_and_deleted_customers_are_shown_only_when_asked_for(
    api: APIClient, acme: Tenant, somchai: Profile
) -> None:
    merged = ProfileFactory(status=ProfileStatus.MERGED, merged_into=somchai)
    deleted = ProfileFactory(status=ProfileStatus.DELETED)
    assert ids(api.get("/profiles")) == [str(somchai.pk)]
    assert api.get("/profiles").json()["meta"]["total"] == 1
    assert ids(api.get("/profiles", {"status": "MERGED"})) == [str(merged.pk)]
    assert ids(api.get("/profiles", {"status": "DELETED"})) == [str(deleted.pk)]


@pytest.mark.conforms("R18")
def test_inactive_customers_keep_their_name_and_are_marked(api: APIClient, acme: Tenant) -> None:
    ProfileFactory(name="Mali", status=ProfileStatus.INACTIVE)
    [row] = api.get("/profiles").json()["data"]
    assert (row["name"], row["shownName"]) == ("Mali", "[INACTIVE] Mali")


def test_a_list_never_shows_another_tenants_customers(api: APIClient, world: World) -> None:
    with tenant_context(world.zenith):
        ProfileFactory()
    body = api.get("/profiles").json()
    assert (body["data"], body["meta"]["total"]) == ([], 0)


def test_the_total_of_a_search_stops_counting(
    api: APIClient, acme: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "COUNTED_UP_TO", 3)
    for _ in range(5):
        ProfileFactory(last_name="Jaidee")
    meta = api.get("/profiles?search=jaidee&limit=2").json()["meta"]
    assert (meta["total"], meta["totalIsExact"], meta["totalPages"]) == (3, False, math.ceil(3 / 2))
    assert api.get("/profiles").json()["meta"]["total"] == 5


@pytest.mark.conforms("R178")
@pytest.mark.parametrize(
    "path", ["/profiles?limit=100", "/api/v1/customers?take=100", "/profiles?search=family&limit=100"]
)
def test_a_list_asks_as_many_questions_for_30_customers_as_for_3(
    api: APIClient, acme: Tenant, path: str
) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert api.get(path).status_code == 200
        return len(captured)

    def make(count: int) -> None:
        for profile in [ProfileFactory() for _ in range(count)]:
            ProfileIdentifierFactory(profile=profile)
            ProfileIdentifierFactory(profile=profile, source="LINE")
            ProfileTagFactory(profile=profile)
            SegmentMembershipFactory(profile=profile)

    make(3)
    api.get(path)  # the key's last use is written once a minute
    few = questions()
    make(27)
    assert len(ids(api.get(path))) == 30
    assert questions() == few
    assert few <= 8


@pytest.mark.conforms("R170")
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=ten", "limit"),
        ("limit=1e2", "limit"),
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=NaN", "page"),
        ("page=99999999999999999999999", "page"),
        ("page=5001&limit=20", "page"),
        ("page=1&page=2", "page"),
        ("sortBy=password", "sortBy"),
        ("sortOrder=sideways", "sortOrder"),
        ("status=GONE", "status"),
        ("type=ROBOT", "type"),
        ("lifecycleStage=x", "lifecycleStage"),
        ("segmentId=1", "segmentId"),
        ("tagId=x", "tagId"),
        ("search=" + "x" * 201, "search"),
        ("search=a%00b", "search"),
        ("staus=ACTIVE", "staus"),
        ("tenantId=1", "tenantId"),
    ],
)
def test_a_bad_query_is_refused_by_name(api: APIClient, acme: Tenant, query: str, field: str) -> None:
    response = api.get(f"/profiles?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert list(response.json()["errors"]) == [field]


def test_the_deepest_page_says_to_narrow_the_search(api: APIClient, acme: Tenant) -> None:
    assert api.get("/profiles", {"page": 1000, "limit": 100}).status_code == 200
    response = api.get("/profiles", {"page": 1001, "limit": 100})
    assert "Narrow the search" in response.json()["errors"]["page"][0]


@pytest.mark.parametrize(
    "search", ["%", "_", "\\", "'; DROP TABLE profiles; --", "%%%", "\ud7ff", "a" * 200, "💥"]
)
def test_any_text_may_be_searched_for(api: APIClient, acme: Tenant, somchai: Profile, search: str) -> None:
    assert ids(api.get(f"/profiles?search={quote(search)}")) == []


@pytest.mark.parametrize("path", ["/profiles", "/api/v1/customers"])
@pytest.mark.parametrize(
    ("found", "page", "questions"), [(0, 1, 1), (2, 1, 1), (25, 2, 1), (25, 1, 2), (25, 3, 2)]
)
def test_a_search_looks_once_when_its_page_tells_how_many_there_are(
    api: APIClient, acme: Tenant, path: str, found: int, page: int, questions: int
) -> None:
    for _ in range(found):
        ProfileFactory(name="Nonthawat")
    size: dict[str, int] = (
        {"limit": 20, "page": page} if path == "/profiles" else {"take": 20, "skip": 20 * (page - 1)}
    )
    with CaptureQueriesContext(connection) as captured:
        meta = api.get(
            path, {"search": "nonthawat"} | {name: str(value) for name, value in size.items()}
        ).json()["meta"]
    assert (meta["total"], meta["totalIsExact"]) == (found, True)
    assert sum("LIKE" in query["sql"] for query in captured) == questions
