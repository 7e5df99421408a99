"""PATCH changes keys of addresses, attributes and metadata; PUT replaces them."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from cdp.models import AuditEntry
from profiles.models import Profile
from tests.profiles.api.expect import nothing_written, problem

KNOWN = {"a": 1, "b": {"c": 2, "d": 3}}


@pytest.fixture
def known(somchai: Profile) -> Profile:
    address = {"street": "1 Silom", "city": "Bangkok"}
    Profile.objects.update(attributes=KNOWN, metadata=KNOWN, address=address)
    return somchai


@pytest.mark.conforms("R6")
@pytest.mark.parametrize("name", ["attributes", "metadata"])
@pytest.mark.parametrize(
    ("said", "then"),
    [
        ({"x": 9}, {**KNOWN, "x": 9}),
        ({"a": None}, {"b": {"c": 2, "d": 3}}),
        ({"b": {"c": 5}}, {"a": 1, "b": {"c": 5}}),
        ({"nobody": None}, KNOWN),
        ({}, KNOWN),
        (None, {}),
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/profiles/{}", "/api/v1/customers/{}"])
def test_patch_changes_the_keys_given(
    api: APIClient, known: Profile, name: str, said: Any, then: dict[str, Any], path: str
) -> None:
    assert api.patch(path.format(known.pk), {name: said}).status_code == 200
    known.refresh_from_db()
    assert getattr(known, name) == then
    assert known.version == (1 if then == KNOWN else 2)


@pytest.mark.conforms("R4")
@pytest.mark.parametrize(
    ("said", "then"),
    [
        ({"postalCode": "10500"}, {"street": "1 Silom", "city": "Bangkok", "postalCode": "10500"}),
        ({"street": None}, {"city": "Bangkok"}),
        ({"city": " "}, {"street": "1 Silom"}),
        ({}, {"street": "1 Silom", "city": "Bangkok"}),
        (None, {}),
    ],
    ids=str,
)
def test_patch_changes_parts_of_an_address(
    api: APIClient, known: Profile, said: Any, then: dict[str, str]
) -> None:
    assert api.patch(f"/profiles/{known.pk}", {"address": said}).status_code == 200
    known.refresh_from_db()
    assert known.address == then


def test_put_replaces_the_whole(api: APIClient, known: Profile) -> None:
    said = {"attributes": {"x": 1}, "metadata": {}, "address": {"city": "Rayong"}}
    assert api.put(f"/profiles/{known.pk}", said).status_code == 200
    known.refresh_from_db()
    assert (known.attributes, known.metadata, known.address) == ({"x": 1}, {}, {"city": "Rayong"})


def test_what_is_given_piece_by_piece_stays_within_bounds(api: APIClient, known: Profile) -> None:
    path = f"/profiles/{known.pk}"
    assert api.patch(path, {"attributes": {"x": "y" * 40_000}}).status_code == 200
    with nothing_written():
        response = api.patch(path, {"attributes": {"z": "y" * 40_000}, "industry": "Golf"})
    assert list(problem(response, 400)["errors"]) == ["attributes"]


def test_the_audit_shows_the_tree_before_and_after(api: APIClient, known: Profile) -> None:
    api.patch(f"/profiles/{known.pk}", {"attributes": {"a": None, "x": 1}})
    entry = AuditEntry.objects.get(verb="profile.update")
    assert entry.changes == {"attributes": [KNOWN, {"b": {"c": 2, "d": 3}, "x": 1}]}
