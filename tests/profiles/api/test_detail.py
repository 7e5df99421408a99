"""Looking at one customer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from profiles.choices import ContactKind, ProfileStatus
from profiles.models import ContactPoint, Profile
from profiles.registries import detail_sections
from tests.factories.profiles import (
    CustomerEventFactory,
    ProfileFactory,
    ProfileIdentifierFactory,
    ProfileTagFactory,
)
from tests.profiles.api.expect import problem
from tests.world import World

UNKNOWN = "018f3c1e-0000-7000-8000-000000000001"


@pytest.mark.conforms("R3", "R13", "R25", "R65")
def test_the_detail_brings_everything_that_belongs_to_a_customer(api: APIClient, somchai: Profile) -> None:
    ContactPoint.objects.create(
        profile=somchai, kind=ContactKind.EMAIL, value="work@corp.example", type="WORK", source="ERP"
    )
    ProfileIdentifierFactory(profile=somchai, source="ERP", external_id="ERP001", match_quality=100)
    event = CustomerEventFactory(profile=somchai, customer_id="legacy-7", payload={"page": "/"})
    body = api.get(f"/profiles/{somchai.pk}").json()
    assert [entry["email"] for entry in body["emails"]] == ["somchai@example.com", "work@corp.example"]
    assert [entry["isPrimary"] for entry in body["emails"]] == [True, False]
    assert body["emails"][1]["source"] == "ERP"
    assert body["phones"][0]["phone"] == "+66812345678"
    assert body["identifiers"][0]["matchQuality"] == 100
    assert body["externalIds"] == {"erpCustomerId": "ERP001"}
    assert body["mergedFrom"] == []
    [shown] = body["events"]
    assert (shown["id"], shown["profileId"]) == (str(event.pk), str(somchai.pk))
    assert (shown["customerId"], shown["payload"]) == ("legacy-7", {"page": "/"})


def test_the_detail_shows_the_latest_50_events(api: APIClient, somchai: Profile) -> None:
    now = timezone.now()
    for minutes in range(55):
        CustomerEventFactory(profile=somchai, type=f"t{minutes}", timestamp=now - timedelta(minutes=minutes))
    events = api.get(f"/profiles/{somchai.pk}").json()["events"]
    assert [event["type"] for event in events] == [f"t{minutes}" for minutes in range(50)]


def test_an_app_above_fills_its_part_of_the_detail(
    api: APIClient, somchai: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(detail_sections, "_entries", {"deals": lambda profile: [{"title": profile.name}]})
    body = api.get(f"/profiles/{somchai.pk}").json()
    assert (body["deals"], body["activities"]) == ([{"title": "Somchai Jaidee"}], [])


@pytest.mark.conforms("R178")
def test_the_detail_asks_as_many_questions_however_much_there_is(api: APIClient, somchai: Profile) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert api.get(f"/profiles/{somchai.pk}").status_code == 200
        return len(captured)

    questions()  # the key's last use is written once a minute
    few = questions()
    for _ in range(20):
        CustomerEventFactory(profile=somchai)
        ProfileIdentifierFactory(profile=somchai)
        ProfileTagFactory(profile=somchai)
    assert questions() == few
    assert few <= 10


@pytest.mark.conforms("R170", "R158")
@pytest.mark.parametrize("path", ["/profiles/{}", "/profiles/completion-score/{}", "/api/v1/customers/{}"])
def test_a_strangers_customer_is_not_found(api: APIClient, world: World, path: str) -> None:
    with tenant_context(world.zenith):
        theirs = ProfileFactory()
    problem(api.get(path.format(theirs.pk)), 404)
    problem(api.get(path.format(UNKNOWN)), 404)
    assert world.api(world.stranger_key).get(path.format(theirs.pk)).status_code == 200


@pytest.mark.parametrize("profile_id", ["profile-001", "1", "statistic", UNKNOWN + "0", "%00", "..%2F"])
def test_what_is_no_id_is_not_found(api: APIClient, acme: Tenant, profile_id: str) -> None:
    problem(api.get(f"/profiles/{profile_id}"), 404)


def test_an_id_may_be_written_in_capitals(api: APIClient, somchai: Profile) -> None:
    assert api.get(f"/profiles/{str(somchai.pk).upper()}").json()["id"] == str(somchai.pk)


@pytest.mark.conforms("R28")
@pytest.mark.parametrize(("path", "name"), [("/profiles/", "id"), ("/api/v1/customers/", "id")])
def test_the_id_of_a_merged_customer_answers_the_survivor(
    api: APIClient, somchai: Profile, path: str, name: str
) -> None:
    middle = ProfileFactory(status=ProfileStatus.MERGED, merged_into=somchai)
    loser = ProfileFactory(status=ProfileStatus.MERGED, merged_into=middle)
    response = api.get(f"{path}{loser.pk}")
    assert response.json()[name] == str(somchai.pk)
    assert response["X-Merged-Into"] == str(somchai.pk)
    assert response["Content-Location"] == f"{path}{somchai.pk}"
    assert "X-Merged-Into" not in api.get(f"{path}{somchai.pk}")


def test_a_deleted_customer_is_not_found(api: APIClient, acme: Tenant) -> None:
    deleted = ProfileFactory(status=ProfileStatus.DELETED)
    problem(api.get(f"/profiles/{deleted.pk}"), 404)


@pytest.mark.conforms("R22")
def test_the_completion_score_names_what_is_missing(api: APIClient, somchai: Profile) -> None:
    body = api.get(f"/profiles/completion-score/{somchai.pk}").json()
    assert body["profileId"] == str(somchai.pk)
    assert 0 < body["completionScore"] < 100
    assert "address" in body["missing"]


@pytest.mark.conforms("R23")
def test_statistics_count_customers_by_kind(api: APIClient, somchai: Profile) -> None:
    ProfileFactory(type="COMPANY", status=ProfileStatus.INACTIVE)
    ProfileFactory(status=ProfileStatus.MERGED, merged_into=somchai)
    assert api.get("/profiles/statistics").json() == {
        "total": 2,
        "individuals": 1,
        "companies": 1,
        "active": 1,
        "inactive": 1,
        "recentCreated": 2,
    }
