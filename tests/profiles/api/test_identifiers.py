"""What other systems call a customer."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from rest_framework.test import APIClient

from cdp.models import AuditEntry, Tenant
from cdp.tenancy.context import tenant_context
from profiles.choices import ProfileStatus
from profiles.models import Profile, ProfileIdentifier
from tests.factories.profiles import ProfileFactory, ProfileIdentifierFactory
from tests.profiles.api.expect import nothing_written, problem
from tests.world import World

SEED = {
    "source": "LINE",
    "sourceType": "USER",
    "externalId": "Uxxxxxxxx",
    "externalRef": "LINE:users.Uxxxxxxxx",
    "matchQuality": 95,
    "isPrimary": True,
}


@pytest.mark.conforms("R13", "R15")
def test_an_identifier_is_added_as_in_the_seed(api: APIClient, somchai: Profile) -> None:
    response = api.post(f"/profiles/{somchai.pk}/identifiers", SEED)
    assert response.status_code == 201, response.content
    body = response.json()
    assert {name: body[name] for name in SEED} == SEED
    assert body["profileId"] == str(somchai.pk)
    assert body["isActive"] is True
    assert AuditEntry.objects.filter(object_id=somchai.pk, verb="profile.add_identifier").exists()


@pytest.mark.conforms("R14")
@pytest.mark.parametrize("source_type", ["USER", None])
def test_an_identifier_belongs_to_one_customer(
    api: APIClient, somchai: Profile, source_type: str | None
) -> None:
    body = {**SEED, "sourceType": source_type}
    assert api.post(f"/profiles/{somchai.pk}/identifiers", body).status_code == 201
    other = ProfileFactory()
    for profile in (somchai, other):
        with nothing_written():
            response = api.post(f"/profiles/{profile.pk}/identifiers", body)
        assert list(problem(response, 409)["errors"]) == ["externalId"]


@pytest.mark.conforms("R15")
def test_an_identifier_is_removed(api: APIClient, somchai: Profile) -> None:
    identifier = ProfileIdentifierFactory(profile=somchai)
    path = f"/profiles/{somchai.pk}/identifiers/{identifier.pk}"
    assert api.delete(path).status_code == 204
    assert not ProfileIdentifier.objects.exists()
    problem(api.delete(path), 404)


def test_another_customers_identifier_is_not_removed(api: APIClient, somchai: Profile) -> None:
    identifier = ProfileIdentifierFactory()
    with nothing_written():
        problem(api.delete(f"/profiles/{somchai.pk}/identifiers/{identifier.pk}"), 404)


@pytest.mark.conforms("R170")
@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"source": ""}, "source"),
        ({"source": "  "}, "source"),
        ({"source": "x" * 41}, "source"),
        ({"externalId": None}, "externalId"),
        ({"externalId": 7}, "externalId"),
        ({"externalId": "x" * 256}, "externalId"),
        ({"matchQuality": 101}, "matchQuality"),
        ({"matchQuality": -1}, "matchQuality"),
        ({"matchQuality": "95"}, "matchQuality"),
        ({"isPrimary": "yes"}, "isPrimary"),
        ({"metadata": [1]}, "metadata"),
        ({"profileId": "x"}, "profileId"),
    ],
)
def test_a_bad_identifier_is_refused_by_name(
    api: APIClient, somchai: Profile, said: dict[str, Any], field: str
) -> None:
    with nothing_written():
        response = api.post(f"/profiles/{somchai.pk}/identifiers", {**SEED, **said})
    assert list(problem(response, 400)["errors"]) == [field]


@pytest.mark.conforms("R16")
@pytest.mark.parametrize(
    "external_id", ["Uxxxxxxxx", "a/b//c", "100%", "รหัส ๑", "a?b#c", "?sourceType=x", "..", "a+b", " x"]
)
def test_a_customer_is_found_by_an_external_id(api: APIClient, somchai: Profile, external_id: str) -> None:
    ProfileIdentifierFactory(profile=somchai, source="LINE", source_type="USER", external_id=external_id)
    path = f"/profiles/external/LINE/{quote(external_id, safe='')}"
    for query in ("", "?sourceType=USER"):
        body = api.get(path + query).json()
        assert (body["id"], body["name"], body["email"]) == (
            str(somchai.pk),
            "Somchai Jaidee",
            "somchai@example.com",
        )
    problem(api.get(path + "?sourceType=CUSTOMER"), 404)


def test_an_external_id_of_two_customers_asks_for_the_kind_of_record(
    api: APIClient, somchai: Profile
) -> None:
    ProfileIdentifierFactory(profile=somchai, source="CRM", source_type="LEAD", external_id="7")
    other = ProfileIdentifierFactory(source="CRM", source_type="CONTACT", external_id="7").profile
    assert list(problem(api.get("/profiles/external/CRM/7"), 409)["errors"]) == ["sourceType"]
    assert api.get("/profiles/external/CRM/7?sourceType=CONTACT").json()["id"] == str(other.pk)


@pytest.mark.conforms("R28")
def test_an_external_id_of_a_merged_customer_finds_the_survivor(api: APIClient, somchai: Profile) -> None:
    loser = ProfileFactory(status=ProfileStatus.MERGED, merged_into=somchai)
    ProfileIdentifierFactory(profile=loser, source="CRM", external_id="7")
    assert api.get("/profiles/external/CRM/7").json()["id"] == str(somchai.pk)


def test_a_strangers_external_id_is_not_found(api: APIClient, world: World) -> None:
    with tenant_context(world.zenith):
        ProfileIdentifierFactory(source="ERP", external_id="ERP001")
    problem(api.get("/profiles/external/ERP/ERP001"), 404)


def test_an_unstorable_external_id_is_refused(api: APIClient, acme: Tenant) -> None:
    problem(api.get("/profiles/external/ERP/a%00b"), 400)
    problem(api.get("/profiles/external/ERP/%FF%FE"), 404)
