"""Creating customers."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from cdp.models import AuditEntry, Tenant
from profiles.models import Profile
from tests.factories.profiles import (
    ProfileFactory,
    ProfileIdentifierFactory,
    ProfileTagFactory,
    SegmentFactory,
)
from tests.profiles.api.expect import nothing_written, problem

SEED = {
    "type": "INDIVIDUAL",
    "firstName": "John",
    "lastName": "Doe",
    "email": "John@Example.com ",
    "phone": "+66 123 456 789",
    "primarySource": "MANUAL",
    "address": {"street": "123 Main St", "city": "Bangkok", "country": "Thailand", "postalCode": "10110"},
    "tags": [{"id": "tag-123", "name": "VIP", "color": "#FF0000"}],
}


EVERYTHING: dict[str, Any] = {
    "type": "COMPANY",
    "name": "Acme Corp",
    "displayName": "Acme",
    "companyName": "Acme Corporation",
    "companyTaxId": "0105536000000",
    "industry": "Golf",
    "companySize": "50-99",
    "website": "https://acme.example",
    "dateOfBirth": "1990-12-31",
    "gender": "female",
    "lifecycleStage": "loyal",
    "membershipTier": "Gold",
    "memberId": "MEM-2026-0001",
    "authUserId": "auth0|1",
    "sclMemberId": 42,
    "teetimePlayerId": "tt-1",
    "messagingContactId": "mc-1",
    "externalIds": {"erpCustomerId": "ERP001", "SHOPIFY": "77"},
    "attributes": {"shirt": "L", "nested": {"list": [1, 2.5, None, True]}},
    "metadata": {"externalId": "ERP001"},
    "primarySource": "ERP",
    "emails": [
        {"email": "info@acme.example", "type": "WORK", "source": "ERP", "isPrimary": True},
        {"email": "sales@acme.example", "type": "WORK", "source": "CRM", "isPrimary": False},
    ],
    "phones": [{"phone": "+6621234567", "type": "WORK", "source": "ERP", "isPrimary": True}],
}


@pytest.mark.conforms("R18", "R1", "R2", "R4")
def test_the_customer_of_the_seed_can_be_created(api: APIClient, acme: Tenant) -> None:
    response = api.post("/profiles", SEED)
    assert response.status_code == 201, response.content
    body = response.json()
    assert (body["name"], body["email"], body["phone"]) == ("John Doe", "john@example.com", "+66123456789")
    assert body["address"] == SEED["address"]
    assert body["tags"][0]["name"] == "VIP"
    assert body["emails"] == [
        {"email": "john@example.com", "type": None, "source": "MANUAL", "isPrimary": True}
    ]
    assert (body["events"], body["deals"], body["activities"]) == ([], [], [])
    assert body["createdBy"].startswith("api_key:")
    assert response["Location"] == f"/profiles/{body['id']}"
    assert response["ETag"] == f'"{body["version"]}"'
    assert AuditEntry.objects.filter(object_id=body["id"], verb="profile.create").count() == 1


@pytest.mark.conforms("R3", "R5", "R6", "R8", "R9", "R12")
def test_every_field_comes_back_as_it_was_sent(api: APIClient, acme: Tenant) -> None:
    segment = SegmentFactory()
    sent = {**EVERYTHING, "segmentIds": [str(segment.pk)]}
    made = api.post("/profiles", sent)
    assert made.status_code == 201, made.content
    body = api.get(made["Location"]).json()
    assert {name: body[name] for name in sent} == sent
    assert (body["email"], body["phone"]) == ("info@acme.example", "+6621234567")


def test_a_customer_may_be_sent_back_as_it_was_answered(api: APIClient, somchai: Profile) -> None:
    ProfileTagFactory(profile=somchai)
    ProfileIdentifierFactory(profile=somchai)
    body = api.get(f"/profiles/{somchai.pk}").json()
    response = api.put(f"/profiles/{somchai.pk}", body)
    assert response.status_code == 200, response.content
    assert response.json() == body


def test_somebody_known_is_refused_with_who_they_are(api: APIClient, somchai: Profile) -> None:
    with nothing_written():
        response = api.post("/profiles", {"firstName": "Somchai", "email": "SOMCHAI@example.com"})
    body = problem(response, 409)
    assert body["existingId"] == str(somchai.pk)
    assert list(body["errors"]) == ["email"]


def test_a_shared_email_is_accepted_on_demand(api: APIClient, somchai: Profile) -> None:
    response = api.post("/profiles?allowDuplicate=true", {"firstName": "Mali", "email": somchai.email})
    assert response.status_code == 201, response.content
    assert Profile.objects.filter(email=somchai.email).count() == 2


def test_an_id_is_never_shared(api: APIClient, acme: Tenant) -> None:
    ProfileFactory(auth_user_id="auth0|1")
    with nothing_written():
        response = api.post("/profiles?allowDuplicate=true", {"firstName": "Mali", "authUserId": "auth0|1"})
    assert "authUserId" in problem(response, 409)["errors"]


@pytest.mark.conforms("R170")
@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"email": "not an address"}, "email"),
        ({"email": 7}, "email"),
        ({"phone": "12"}, "phone"),
        ({"phone": "+6612345678901234567"}, "phone"),
        ({"type": "ROBOT"}, "type"),
        ({"status": "MERGED"}, "status"),
        ({"status": "DELETED"}, "status"),
        ({"lifecycleStage": "x"}, "lifecycleStage"),
        ({"gender": "x"}, "gender"),
        ({"dateOfBirth": "31.31.1990"}, "dateOfBirth"),
        ({"dateOfBirth": 5}, "dateOfBirth"),
        ({"address": "Bangkok"}, "address"),
        ({"address": {"planet": "Mars"}}, "address.planet"),
        ({"emails": [{"email": "a@example.com"}, {"email": "broken"}]}, "emails[1].email"),
        ({"phones": {"phone": "1"}}, "phones"),
        ({"sclMemberId": 10**30}, "sclMemberId"),
        ({"sclMemberId": 1.5}, "sclMemberId"),
        ({"firstName": "x" * 121}, "firstName"),
        ({"firstName": ["x"]}, "firstName"),
        ({"attributes": []}, "attributes"),
        ({"attributes": {"a": "x" * 70_000}}, "attributes"),
        ({"externalIds": {"erpCustomerId": 5}}, "externalIds.erpCustomerId"),
        ({"externalIds": {"x" * 41: "5"}}, "externalIds." + "x" * 41),
        ({"externalIds": {" \u200b": "5"}}, "externalIds. \u200b"),
        ({"externalIds": {"": "5"}}, "externalIds"),
        ({"externalIds": {"SHOP": "5", "SHOP ": "6"}}, "externalIds"),
        ({"tags": [{"color": "red", "name": "VIP"}]}, "tags[0].color"),
        ({"tags": [{"id": "018f3c1e-0000-7000-8000-000000000001"}]}, "tags"),
        ({"segmentIds": ["x"]}, "segmentIds[0]"),
        ({"segmentIds": ["018f3c1e-0000-7000-8000-000000000001"]}, "segmentIds"),
        ({"password": "x"}, "password"),
        ({"__proto__": {}}, "__proto__"),
    ],
)
def test_a_bad_value_is_refused_by_name(
    api: APIClient, acme: Tenant, said: dict[str, Any], field: str
) -> None:
    with nothing_written():
        response = api.post("/profiles", {"firstName": "Mali", **said})
    assert list(problem(response, 400)["errors"]) == [field]
