"""Who a person is, and how they want to be reached."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from rest_framework.test import APIClient

from cdp.models import Tenant
from profiles.models import Profile
from tests.factories.profiles import ProfileFactory
from tests.world import World
from unify.operations.merge import merge

DEMOGRAPHICS = {
    "dateOfBirth": "15 พ.ค. 2533",
    "gender": "female",
    "maritalStatus": "married",
    "anniversaryDate": "20 December",
    "profession": "Teacher",
    "availableTime": "10:00-12:00",
    "address": {"city": "Bangkok", "district": "Bang Rak"},
    "contactPreferences": {"channels": ["line", "call"], "language": "th", "doNotCall": True},
}


@pytest.mark.conforms("R10")
def test_everything_said_of_a_person_is_kept_and_answered(acme: Tenant, api: APIClient) -> None:
    answer = api.post("/profiles", {"name": "Mali", **DEMOGRAPHICS}, format="json")
    assert answer.status_code == 201, answer.json()
    body = api.get(f"/profiles/{answer.json()['id']}").json()
    assert (body["dateOfBirth"], body["partialBirthDate"]) == ("1990-05-15", None)
    assert (body["anniversaryDate"], body["partialAnniversary"]) == (None, "--12-20")
    for name in ("gender", "maritalStatus", "profession", "availableTime", "address", "contactPreferences"):
        assert body[name] == DEMOGRAPHICS[name]
    profile = Profile.objects.get(pk=body["id"])
    assert (profile.birth_key, profile.anniversary_key) == (515, 1220)
    again = api.put(f"/profiles/{body['id']}", body, format="json")
    assert again.json()["contactPreferences"] == DEMOGRAPHICS["contactPreferences"]
    assert again.json()["partialAnniversary"] == "--12-20"


@pytest.mark.conforms("R10")
def test_a_whole_date_and_a_part_of_one_never_stand_beside_each_other(acme: Tenant, api: APIClient) -> None:
    profile = ProfileFactory(date_of_birth=date(1990, 5, 15))

    def birthday(**said: Any) -> tuple[Any, Any]:
        body = api.patch(f"/profiles/{profile.pk}", said, format="json").json()
        return body["dateOfBirth"], body["partialBirthDate"]

    assert birthday(dateOfBirth="--06") == (None, "--06")
    assert birthday(profession="Nurse") == (None, "--06")
    assert birthday(date_of_birth="1991-06-02") == ("1991-06-02", None)
    assert birthday(partialBirthDate="--07-01") == (None, "--07-01")
    assert birthday(dateOfBirth="1991-07-01", partialBirthDate="--07-01") == ("1991-07-01", None)
    assert birthday(dateOfBirth=None) == (None, None)


def test_preferences_change_key_by_key(acme: Tenant, api: APIClient) -> None:
    profile = ProfileFactory(contact_preferences={"channels": ["call"], "doNotCall": True})
    said = {"contactPreferences": {"doNotCall": None, "language": "en"}}
    body = api.patch(f"/profiles/{profile.pk}", said, format="json").json()
    assert body["contactPreferences"] == {"channels": ["call"], "language": "en"}


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"dateOfBirth": "31/02"}, "dateOfBirth"),
        ({"anniversaryDate": "2999-01-01"}, "anniversaryDate"),
        ({"partialBirthDate": "05-15"}, "partialBirthDate"),
        ({"partialBirthDate": "--02-30"}, "partialBirthDate"),
        ({"maritalStatus": "complicated"}, "maritalStatus"),
        ({"availableTime": "x" * 51}, "availableTime"),
        ({"contactPreferences": {"channels": ["pigeon"]}}, "contactPreferences.channels[0]"),
        ({"contactPreferences": {"language": "thai language"}}, "contactPreferences.language"),
        ({"contactPreferences": {"doNotCall": "yes"}}, "contactPreferences.doNotCall"),
        ({"contactPreferences": {"mood": 1}}, "contactPreferences.mood"),
    ],
)
def test_what_makes_no_sense_is_named(acme: Tenant, api: APIClient, said: dict[str, Any], field: str) -> None:
    profile = ProfileFactory()
    answer = api.patch(f"/profiles/{profile.pk}", said, format="json")
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {field}


def test_a_merge_keeps_the_strictest_wish_and_the_whole_date(acme: Tenant, world: World) -> None:
    winner = ProfileFactory(partial_birth_date="--05-15", contact_preferences={"doNotCall": False})
    loser = ProfileFactory(date_of_birth=date(1990, 5, 15), contact_preferences={"doNotCall": True})
    merge(tenant=acme, by=world.by, winner_id=winner.pk, loser_ids=[loser.pk])
    winner.refresh_from_db()
    assert (winner.date_of_birth, winner.partial_birth_date) == (date(1990, 5, 15), "")
    assert winner.contact_preferences == {"doNotCall": True}


@pytest.mark.conforms("R10")
def test_a_file_of_people_brings_their_days(acme: Tenant, api: APIClient) -> None:
    people = [
        {"email": "a@example.org", "dateOfBirth": "15 พ.ค.", "maritalStatus": "single"},
        {"email": "b@example.org", "dateOfBirth": "1990-05-15", "profession": "Nurse"},
        {"email": "b@example.org", "dateOfBirth": "--05-15", "contactPreferences": {"doNotContact": True}},
    ]
    answer = api.post("/profiles/import", {"source": "CRM", "profiles": people}, format="json")
    assert answer.status_code == 200, answer.json()
    first, second = Profile.objects.get(email="a@example.org"), Profile.objects.get(email="b@example.org")
    assert (first.partial_birth_date, first.marital_status, first.birth_key) == ("--05-15", "single", 515)
    assert (second.date_of_birth, second.partial_birth_date) == (date(1990, 5, 15), "")
    assert (second.profession, second.contact_preferences) == ("Nurse", {"doNotContact": True})
