"""Finding customers like one record while somebody waits, and saying why."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cdp.models import Tenant
from profiles.errors import ProfileNotFound
from profiles.models import Profile
from profiles.records import ProfileRecord
from tests.factories.profiles import ProfileFactory
from unify.finding.errors import NotAPair
from unify.operations.explain import explain
from unify.operations.find_alike import find_alike
from unify.records.refresh import refresh_all


@pytest.fixture
def somchai(acme: Tenant) -> Profile:
    profile = ProfileFactory(
        first_name="Somchai",
        last_name="Jaidee",
        name="Somchai Jaidee",
        email="somchai.j@shop.example",
        phone="+66812345678",
    )
    for _ in range(5):
        ProfileFactory()
    refresh_all(acme)
    return profile


def typed(acme: Tenant, **values: str) -> ProfileRecord:
    return ProfileRecord.parse(values, tenant=acme)


@pytest.mark.conforms("R37")
def test_a_record_finds_the_customer_it_is_like(acme: Tenant, somchai: Profile) -> None:
    record = typed(acme, firstName="Somchay", lastName="Jaidee", email="somchai.j+news@shop.example")
    (alike,) = find_alike(tenant=acme, record=record)
    assert alike.profile == somchai
    assert alike.score >= 60
    assert {level.comparison for level in alike.levels if level.weight > 0} >= {"first_name", "email"}
    assert "birth_date" in alike.missing
    assert alike.conflicts == ()


def test_a_phone_is_found_however_it_is_written(acme: Tenant, somchai: Profile) -> None:
    record = typed(acme, firstName="somchai", phone="081 234 5678")
    assert [alike.profile for alike in find_alike(tenant=acme, record=record)] == [somchai]


def test_a_customer_is_not_like_itself(acme: Tenant, somchai: Profile) -> None:
    twin = ProfileFactory(first_name="Somchai", last_name="Jaidee", email="somchai.j@shop.example", phone="")
    refresh_all(acme)
    assert [alike.profile for alike in find_alike(tenant=acme, profile_id=somchai.pk)] == [twin]
    assert find_alike(tenant=acme, profile_id=somchai.pk, exclude=[twin.pk]) == []


def test_an_unknown_id_is_told(acme: Tenant, world: object, somchai: Profile) -> None:
    with pytest.raises(ProfileNotFound):
        find_alike(tenant=acme, profile_id=acme.pk)


def test_the_number_of_queries_does_not_grow(acme: Tenant, somchai: Profile) -> None:
    record = typed(acme, firstName="Somchai", lastName="Jaidee", email="somchai.j@shop.example")
    find_alike(tenant=acme, record=record)
    with CaptureQueriesContext(
        connection,
    ) as few:
        find_alike(tenant=acme, record=record)
    for number in range(20):
        ProfileFactory(
            first_name="Somchai", last_name="Jaidee", email=f"s{number}@shop.example", phone="+66812345678"
        )
    refresh_all(acme)
    with CaptureQueriesContext(connection) as many:
        assert len(find_alike(tenant=acme, record=record)) == 5
    assert len(many) == len(few) <= 5


def test_a_value_shared_by_many_finds_nobody_by_itself(acme: Tenant, somchai: Profile) -> None:
    for number in range(55):
        ProfileFactory(first_name=f"First{number}", phone="+66888888888")
    refresh_all(acme)
    assert find_alike(tenant=acme, record=typed(acme, phone="+66888888888"), least_score=0) == []


def test_an_explanation_adds_up(acme: Tenant, somchai: Profile) -> None:
    twin = ProfileFactory(first_name="Somchai", last_name="Jaidee", email="", phone="+66812345678")
    told = explain(tenant=acme, low_id=twin.pk, high_id=somchai.pk)
    assert told.low_id < told.high_id
    assert told.weight == pytest.approx(told.prior + sum(level.weight for level in told.levels))
    assert 0 < told.score <= 100
    assert told.missing


@pytest.mark.conforms("B45")
def test_an_explanation_says_why_not(acme: Tenant, somchai: Profile) -> None:
    stranger = ProfileFactory(first_name="Ayesha", last_name="Rahman", phone="+66899999999")
    told = explain(tenant=acme, low_id=somchai.pk, high_id=stranger.pk)
    assert {reason.code for reason in told.why_not} >= {"below_review", "no_key"}
    assert all(reason.text for reason in told.why_not)


def test_one_customer_is_no_pair(acme: Tenant, somchai: Profile) -> None:
    with pytest.raises(NotAPair):
        explain(tenant=acme, low_id=somchai.pk, high_id=somchai.pk)
