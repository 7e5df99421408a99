"""However somebody names a merged customer, the survivor is meant."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from cdp.models import Tenant
from profiles.choices import ContactKind
from profiles.identity import Hints, IdentifierHint
from profiles.imports.models import ImportRow
from profiles.models import ContactPoint, CustomerEvent, Profile
from profiles.operations.contact_points import add_contact_point
from profiles.operations.record_event import record_event
from profiles.operations.resolve import resolve
from tests.factories.profiles import ProfileFactory, ProfileIdentifierFactory
from tests.factories.unify import make_case
from tests.profiles.imports.steps import import_file
from tests.unify.merging.conftest import MergeOne
from tests.world import World

pytestmark = pytest.mark.conforms("R28")
Pair = tuple[Profile, Profile]


@pytest.fixture
def merged(merge_one: MergeOne) -> Pair:
    """A survivor and a customer merged into it; each has a member id, the same e-mail, and an ERP id."""
    people = ProfileFactory(member_id="M1"), ProfileFactory(member_id="M2")
    for number, person in enumerate(people):
        ContactPoint.objects.create(profile=person, kind=ContactKind.EMAIL, value="both@example.com")
        ProfileIdentifierFactory(
            profile=person, source="ERP", source_type="CUSTOMER", external_id=f"E{number}"
        )
    merge_one(*people)
    return people


def test_the_api_answers_the_survivor_and_says_so(api: APIClient, merged: Pair) -> None:
    survivor, loser = merged
    for path in ("/profiles/", "/api/v1/customers/"):
        response = api.get(f"{path}{loser.pk}")
        assert (response.json()["id"], response["X-Merged-Into"]) == (str(survivor.pk), str(survivor.pk))
    found = api.get("/profiles", {"search": loser.email}).json()
    assert [row["id"] for row in found["data"]] == [str(survivor.pk)]


def test_what_the_api_says_about_a_merged_id_is_about_the_survivor(api: APIClient, merged: Pair) -> None:
    survivor, loser = merged
    for path in (f"/profiles/completion-score/{loser.pk}", f"/profiles/{loser.pk}/events"):
        assert api.get(path)["X-Merged-Into"] == str(survivor.pk), path
        assert "X-Merged-Into" not in api.get(path.replace(str(loser.pk), str(survivor.pk))), path


def test_the_api_looks_for_duplicates_of_the_survivor(api: APIClient, merged: Pair) -> None:
    survivor, loser = merged
    third = ProfileFactory(first_name="Third")
    make_case([survivor, third], score=70)
    found = api.get(f"/profiles/detect-duplicates?profileId={loser.pk}").json()
    assert len(found["candidates"]) == 1, found
    told = api.get(f"/unify/explain?profileId1={loser.pk}&profileId2={third.pk}")
    assert told.status_code == 200, told.json()
    of_one = api.get(f"/unify/explain?profileId1={loser.pk}&profileId2={survivor.pk}")
    assert (of_one.status_code, of_one.json()["type"]) == (400, "/problems/not-a-pair")
    alike = api.post(f"/profiles/match?exclude={loser.pk}", {"email": survivor.email}).json()["data"]
    assert str(survivor.pk) not in [one["profile"]["id"] for one in alike]


def test_the_api_reads_the_survivor_by_the_external_id_of_the_merged_one(
    api: APIClient, merged: Pair
) -> None:
    for number in (0, 1):
        found = api.get(f"/profiles/external/ERP/E{number}")
        assert (found.status_code, found.json()["id"]) == (200, str(merged[0].pk))


def test_the_api_resolves_what_the_merged_one_was_known_by(api: APIClient, merged: Pair) -> None:
    for hints in ({"memberId": "M2"}, {"email": "both@example.com"}):
        found = api.post("/api/v1/customers/resolve", hints).json()
        assert found["profile"]["id"] == str(merged[0].pk)


def test_the_api_changes_the_survivor_and_leaves_the_merged_row_alone(api: APIClient, merged: Pair) -> None:
    survivor, loser = merged
    for method, path, said in (
        (api.patch, f"/profiles/{loser.pk}", {"industry": "Tea"}),
        (api.put, f"/profiles/{loser.pk}", {"companySize": "10"}),
        (api.patch, f"/api/v1/customers/{loser.pk}", {"firstName": "Malee"}),
    ):
        answer = method(path, said)
        assert (answer.status_code, answer.json()["id"]) == (200, str(survivor.pk)), path
        assert answer["X-Merged-Into"] == str(survivor.pk)
    survivor.refresh_from_db()
    assert (survivor.industry, survivor.company_size, survivor.first_name) == ("Tea", "10", "Malee")
    before = Profile.objects.filter(pk=loser.pk).values().get()
    assert (before["industry"], before["status"]) == ("", "MERGED")


def test_the_api_links_the_survivor_and_a_bulk_act_counts_the_merged_one_as_failed(
    api: APIClient, merged: Pair
) -> None:
    survivor, loser = merged
    bulk = api.post("/profiles/bulk/tags", {"profileIds": [str(loser.pk)], "tags": [{"name": "Gold"}]})
    assert bulk.json() == {"updated": 0, "failed": 1}
    added = api.post(f"/profiles/{loser.pk}/identifiers", {"source": "CRM", "externalId": "C9"})
    assert added.status_code == 201, added.json()
    assert survivor.identifiers.filter(source="CRM", external_id="C9").exists()


def test_events_posted_to_the_merged_id_are_the_survivors(api: APIClient, merged: Pair) -> None:
    survivor, loser = merged
    posted = api.post(f"/profiles/{loser.pk}/events", {"type": "page_view"})
    assert posted.status_code == 201
    assert [event.profile_id for event in CustomerEvent.objects.all()] == [survivor.pk]
    listed = api.get(f"/profiles/{loser.pk}/events")
    assert [row["type"] for row in listed.json()["data"]] == ["page_view"]


def test_deactivating_or_merging_the_merged_id_is_refused_with_the_survivors(
    api: APIClient, merged: Pair
) -> None:
    survivor, loser = merged
    refused = api.delete(f"/profiles/{loser.pk}")
    assert refused.status_code == 409
    assert str(survivor.pk) in refused.json()["detail"]
    again = api.post(f"/api/v1/customers/{survivor.pk}/merge", {"loserId": str(loser.pk)})
    assert (again.status_code, again.json()["survivorId"]) == (409, str(survivor.pk))


def test_the_page_leads_to_the_survivors(world: World, merged: Pair) -> None:
    survivor, loser = merged
    response = world.browser(world.alice).get(f"/admin/customers/{loser.pk}")
    assert response.headers["Location"] == f"/admin/customers/{survivor.pk}"


@pytest.mark.parametrize(
    "hints",
    [
        Hints(ids={"memberId": "M2"}),
        Hints(email="both@example.com"),
        Hints(identifiers=(IdentifierHint("ERP", "E1"),)),
    ],
)
def test_what_the_merged_one_was_known_by_resolves_to_the_survivor(
    world: World, acme: Tenant, merged: Pair, hints: Hints
) -> None:
    found = resolve(tenant=acme, by=world.by, hints=hints)
    assert (found.profile, found.is_new, found.conflicts) == (merged[0], False, [])


@pytest.mark.parametrize("row", ["E1,,", ",,M2", ",both@example.com,"])
def test_an_imported_row_about_the_merged_one_lands_on_the_survivor(
    world: World, acme: Tenant, merged: Pair, row: str
) -> None:
    run = import_file(world, f"externalId,email,memberId,firstName\n{row},Imported\n")
    done = ImportRow.objects.get(run=run)
    assert (done.action, done.profile_id) == ("update", merged[0].pk)
    survivor = Profile.objects.get(pk=merged[0].pk)
    assert (survivor.first_name, survivor.member_id) == ("Imported", "M1")
    loser = Profile.objects.get(pk=merged[1].pk)
    assert (loser.first_name, loser.member_id) == (merged[1].first_name, "M2")


def test_events_and_changes_that_name_the_merged_one_reach_the_survivor(
    world: World, acme: Tenant, merged: Pair
) -> None:
    survivor, loser = merged
    event = record_event(tenant=acme, by=world.by, type="seen", profile_id=loser.pk)
    point = add_contact_point(
        tenant=acme, by=world.by, profile_id=loser.pk, kind=ContactKind.PHONE, value="+66877777777"
    )
    assert CustomerEvent.objects.get(pk=event.pk).profile == survivor
    assert point.profile == survivor
