"""Every field of a customer goes in and comes out again."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from cdp.models import Tenant
from tests.factories.profiles import SegmentFactory

SAID: dict[str, Any] = {
    "type": "COMPANY",
    "name": "Acme Corp",
    "displayName": "Acme",
    "firstName": "Jo",
    "lastName": "Doe",
    "companyName": "Acme Corporation",
    "email": "info@acme.example.com",
    "phone": "+66812345678",
    "address": {
        "street": "123 Main St",
        "city": "Bangkok",
        "state": "Bangkok",
        "country": "Thailand",
        "postalCode": "10110",
    },
    "companyTaxId": "0105556000001",
    "industry": "Retail",
    "companySize": "11-50",
    "website": "https://acme.example.com",
    "dateOfBirth": "1990-12-31",
    "gender": "female",
    "lifecycleStage": "loyal",
    "membershipTier": "Gold",
    "memberId": "MEM-2026-0001",
    "authUserId": "auth0|1",
    "sclMemberId": 7,
    "teetimePlayerId": "T1",
    "messagingContactId": "M1",
    "attributes": {"shoe size": 42},
    "metadata": {"batch": "a"},
    "primarySource": "ERP",
}


@pytest.mark.conforms("R1")
@pytest.mark.conforms("R5")
@pytest.mark.conforms("R8")
@pytest.mark.conforms("R9")
@pytest.mark.conforms("R12")
def test_what_is_said_is_answered(api: APIClient) -> None:
    made = api.post("/profiles", SAID)
    assert made.status_code == 201, made.content
    answered = api.get(f"/profiles/{made.json()['id']}").json()
    assert {name: answered[name] for name in SAID} == SAID
    assert answered["status"] == "ACTIVE"
    assert (answered["deletedAt"], answered["lastActivityAt"]) == (None, None)
    assert answered["updatedBy"].startswith("api_key:")


@pytest.mark.conforms("R6")
@pytest.mark.conforms("R17")
def test_labels_and_ids_of_every_source_are_answered(api: APIClient, acme: Tenant) -> None:
    segment = SegmentFactory()
    names = ["erpCustomerId", "crmContactId", "lineUserId", "facebookUserId", "websiteUserId"]
    made = api.post(
        "/profiles",
        {
            "firstName": "Jo",
            "tags": [{"id": "tag-123", "name": "VIP", "color": "#FF0000"}],
            "segmentIds": [str(segment.pk)],
            "externalIds": {name: f"{name}-1" for name in names},
        },
    )
    answered = api.get(f"/profiles/{made.json()['id']}").json()
    assert [(tag["name"], tag["color"]) for tag in answered["tags"]] == [("VIP", "#FF0000")]
    assert answered["segmentIds"] == [str(segment.pk)]
    assert answered["externalIds"] == {name: f"{name}-1" for name in names}
    sources = {identifier["source"] for identifier in answered["identifiers"]}
    assert sources == {"ERP", "CRM", "LINE", "FACEBOOK", "Website"}
    assert answered["primarySource"] == "MANUAL"


def test_the_name_of_a_source_is_cleaned_like_any_name(api: APIClient, acme: Tenant) -> None:
    made = api.post("/profiles", {"firstName": "Jo", "externalIds": {"Cafe\u0301  POS": "7"}})
    answered = api.get(f"/profiles/{made.json()['id']}").json()
    assert answered["externalIds"] == {"Café POS": "7"}


def test_a_stage_nobody_names_is_subscriber(api: APIClient) -> None:
    made = api.post("/profiles", {"firstName": "Jo"})
    assert made.json()["lifecycleStage"] == "SUBSCRIBER"
