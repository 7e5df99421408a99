"""Requests that may be repeated."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from cdp.models import StoredAnswer, Tenant
from cdp.tasks import forget_old_answers
from cdp.tenancy.context import tenant_context
from profiles.models import CustomerEvent, Profile
from tests.factories.profiles import ProfileFactory
from tests.profiles.api.expect import nothing_written, problem
from tests.world import World

KEY = {"Idempotency-Key": "order-7"}
BODY = {"firstName": "Mali", "email": "mali@example.com"}


@pytest.mark.conforms("R172")
def test_a_repeated_request_is_answered_alike_and_done_once(api: APIClient, acme: Tenant) -> None:
    first = api.post("/profiles", BODY, headers=KEY)
    second = api.post("/profiles", BODY, headers=KEY)
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.json() == first.json()
    for header in ("Location", "ETag", "Content-Type"):
        assert second[header] == first[header]
    assert second["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert Profile.objects.count() == 1


def test_an_event_sent_twice_happened_once(api: APIClient, somchai: Profile) -> None:
    for _ in range(3):
        response = api.post(f"/profiles/{somchai.pk}/events", {"type": "purchase"}, headers=KEY)
        assert response.status_code == 201
    assert CustomerEvent.objects.count() == 1


def test_without_a_key_every_request_counts(api: APIClient, somchai: Profile) -> None:
    for _ in range(2):
        api.post(f"/profiles/{somchai.pk}/events", {"type": "purchase"})
    assert CustomerEvent.objects.count() == 2
    assert not StoredAnswer.objects.exists()


@pytest.mark.conforms("R172")
@pytest.mark.parametrize(
    ("path", "body"), [("/profiles", {**BODY, "lastName": "Dee"}), ("/profiles?allowDuplicate=true", BODY)]
)
def test_a_key_that_comes_with_another_request_is_refused(
    api: APIClient, acme: Tenant, path: str, body: dict[str, Any]
) -> None:
    api.post("/profiles", BODY, headers=KEY)
    with nothing_written():
        problem(api.post(path, body, headers=KEY), 422)


def test_a_request_that_failed_may_be_repeated(api: APIClient, somchai: Profile) -> None:
    body = {"firstName": "Somchai", "email": somchai.email}
    problem(api.post("/profiles", body, headers=KEY), 409)
    assert not StoredAnswer.objects.exists()
    Profile.objects.all().delete()
    assert api.post("/profiles", body, headers=KEY).status_code == 201


def test_keys_belong_to_one_caller(world: World, acme: Tenant) -> None:
    one, other = (world.api(world.scoped_key("profile:write", "profile:read")) for _ in range(2))
    assert one.post("/tags", {"name": "VIP"}, headers=KEY).status_code == 201
    problem(other.post("/tags", {"name": "VIP"}, headers=KEY), 409)


def test_a_permission_lost_meanwhile_is_not_answered_from_memory(world: World, acme: Tenant) -> None:
    api = world.api()
    api.post("/profiles", BODY, headers=KEY)
    reader = world.api(world.scoped_key("profile:read"))
    problem(reader.post("/profiles", BODY, headers=KEY), 403)


def test_answers_are_forgotten_after_a_day(api: APIClient, acme: Tenant) -> None:
    api.post("/tags", {"name": "VIP"}, headers=KEY)
    StoredAnswer.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert api.post("/tags", {"name": "Golfer"}, headers=KEY).json()["name"] == "Golfer"
    assert StoredAnswer.objects.count() == 1


def test_the_nightly_sweep_forgets_every_tenants_old_answers(world: World) -> None:
    for tenant, key in ((world.acme, world.key), (world.zenith, world.stranger_key)):
        with tenant_context(tenant):
            for number in range(3):
                headers = {"Idempotency-Key": f"k{number}"}
                assert (
                    world.api(key).post("/tags", {"name": f"T{number}"}, headers=headers).status_code == 201
                )
            old = StoredAnswer.objects.filter(key__in=["k0", "k1"])
            old.update(created_at=timezone.now() - timedelta(hours=25))
    forget_old_answers()
    for tenant in (world.acme, world.zenith):
        with tenant_context(tenant):
            assert [answer.key for answer in StoredAnswer.objects.all()] == ["k2"]


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 256, "ก".encode().decode("latin-1"), "a\x00"])
def test_a_bad_key_is_refused(api: APIClient, acme: Tenant, key: str) -> None:
    with nothing_written():
        response = api.post("/profiles", BODY, headers={"Idempotency-Key": key})
    assert list(problem(response, 400)["errors"]) == ["Idempotency-Key"]


@pytest.mark.django_db(transaction=True)
def test_requests_at_the_same_moment_are_one(world: World) -> None:
    with tenant_context(world.acme):
        profile = ProfileFactory()

    def send(_: int) -> tuple[int, str]:
        try:
            response = world.api().post(f"/profiles/{profile.pk}/events", {"type": "purchase"}, headers=KEY)
            return response.status_code, response.json()["id"]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(send, range(8)))
    assert len(answers) == 1
    assert next(iter(answers))[0] == 201
    with tenant_context(world.acme):
        assert CustomerEvent.objects.count() == 1
