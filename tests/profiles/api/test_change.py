"""Changing and deactivating customers."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from cdp.models import AuditEntry, Tenant
from cdp.tenancy.context import tenant_context
from profiles.choices import ProfileStatus
from profiles.models import Profile
from tests.factories.profiles import ProfileFactory
from tests.profiles.api.expect import nothing_written, problem
from tests.world import World


@pytest.mark.conforms("R18")
@pytest.mark.parametrize("method", ["put", "patch"])
def test_a_change_changes_what_is_given_and_nothing_else(
    api: APIClient, somchai: Profile, method: str
) -> None:
    before = api.get(f"/profiles/{somchai.pk}").json()
    response = getattr(api, method)(f"/profiles/{somchai.pk}", {"industry": "Golf", "phone": "081 999 9999"})
    after = response.json()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"industry", "phone", "phones", "version", "updatedAt", "updatedBy"}
    assert (after["industry"], after["phone"]) == ("Golf", "+66819999999")
    assert response["ETag"] == f'"{after["version"]}"'
    entry = AuditEntry.objects.get(object_id=somchai.pk, verb="profile.update")
    assert entry.changes["industry"] == ["", "Golf"]


@pytest.mark.conforms("R172")
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_change_of_a_version_that_is_gone_is_refused(api: APIClient, somchai: Profile, method: str) -> None:
    path = f"/profiles/{somchai.pk}"
    seen = api.get(path)["ETag"]
    assert api.patch(path, {"industry": "Golf"}, headers={"If-Match": seen}).status_code == 200
    with nothing_written():
        problem(getattr(api, method)(path, {"industry": "Tennis"}, headers={"If-Match": seen}), 412)


@pytest.mark.conforms("R172")
@pytest.mark.parametrize("header", ["*", '"1"', '"7", "1"', '"abc","1"', ' "1" '])
@pytest.mark.parametrize("method", ["patch", "delete"])
def test_a_change_of_the_version_seen_is_made(
    api: APIClient, somchai: Profile, header: str, method: str
) -> None:
    response = getattr(api, method)(
        f"/profiles/{somchai.pk}", {"industry": "Golf"}, headers={"If-Match": header}
    )
    assert response.status_code in {200, 204}, response.content


@pytest.mark.parametrize("header", ['W/"1"', '"7"', '"7", "8"', '"abc"', '"99999999999999999999"'])
@pytest.mark.parametrize("method", ["patch", "delete"])
def test_a_version_that_never_matches_is_refused(
    api: APIClient, somchai: Profile, header: str, method: str
) -> None:
    with nothing_written():
        problem(getattr(api, method)(f"/profiles/{somchai.pk}", {}, headers={"If-Match": header}), 412)


@pytest.mark.parametrize("header", ["1", '"1', "abc", '"1";"2"', ",", ""])
def test_a_broken_version_header_is_refused(api: APIClient, somchai: Profile, header: str) -> None:
    with nothing_written():
        response = api.patch(f"/profiles/{somchai.pk}", {"industry": "x"}, headers={"If-Match": header})
    assert list(problem(response, 400)["errors"]) == ["If-Match"]


def test_a_unique_id_of_another_customer_is_refused(api: APIClient, somchai: Profile) -> None:
    ProfileFactory(member_id="MEM-2026-0001")
    with nothing_written():
        response = api.patch(f"/profiles/{somchai.pk}", {"memberId": "MEM-2026-0001"})
    assert list(problem(response, 409)["errors"]) == ["memberId"]


@pytest.mark.conforms("R158")
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_strangers_customer_cannot_be_changed(api: APIClient, world: World, method: str) -> None:
    with tenant_context(world.zenith):
        theirs = ProfileFactory()
        with nothing_written():
            problem(getattr(api, method)(f"/profiles/{theirs.pk}", {"industry": "Golf"}), 404)


@pytest.mark.parametrize(
    ("said", "field"),
    [({"email": "x"}, "email"), ({"version": 1, "x": 1}, "x"), ({"status": None}, "status")],
)
def test_a_bad_change_is_refused_by_name(
    api: APIClient, somchai: Profile, said: dict[str, Any], field: str
) -> None:
    with nothing_written():
        response = api.patch(f"/profiles/{somchai.pk}", {"industry": "Golf", **said})
    assert list(problem(response, 400)["errors"]) == [field]


@pytest.mark.conforms("R28")
def test_a_change_of_a_merged_id_reaches_the_survivor(api: APIClient, somchai: Profile) -> None:
    loser = ProfileFactory(status=ProfileStatus.MERGED, merged_into=somchai)
    response = api.patch(f"/profiles/{loser.pk}", {"industry": "Golf"})
    assert (response.json()["id"], response["X-Merged-Into"]) == (str(somchai.pk), str(somchai.pk))
    somchai.refresh_from_db()
    assert somchai.industry == "Golf"


@pytest.mark.conforms("R18")
def test_deleting_makes_inactive_and_keeps_the_name(api: APIClient, somchai: Profile) -> None:
    assert api.delete(f"/profiles/{somchai.pk}").status_code == 204
    body = api.get(f"/profiles/{somchai.pk}").json()
    assert (body["status"], body["name"]) == ("INACTIVE", "Somchai Jaidee")
    assert body["shownName"] == "[INACTIVE] Somchai Jaidee"
    assert body["deletedAt"] is not None
    assert AuditEntry.objects.filter(object_id=somchai.pk, verb="profile.deactivate").exists()


def test_deleting_a_merged_id_does_not_hit_the_survivor(api: APIClient, somchai: Profile) -> None:
    loser = ProfileFactory(status=ProfileStatus.MERGED, merged_into=somchai)
    with nothing_written():
        assert str(somchai.pk) in problem(api.delete(f"/profiles/{loser.pk}"), 409)["detail"]


def test_deleting_somebody_unknown_is_not_found(api: APIClient, acme: Tenant) -> None:
    problem(api.delete("/profiles/018f3c1e-0000-7000-8000-000000000001"), 404)
