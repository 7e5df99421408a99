"""Wall 3: no row points into another tenant, for every foreign key there is."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from cdp.tenancy.context import tenant_context
from cdp.tenancy.expected import tenant_keys, tenant_models
from cdp.tenancy.models import TenantForeignKey
from profiles.models import CustomerEvent, Profile, ProfileTag
from tests.rows import make_row
from tests.world import World

# What else a row must say before it may point somewhere.
GOES_WITH = {"Profile.merged_into": {"status": "MERGED"}}
EVENT = next(key for key in tenant_keys(CustomerEvent) if key.name == "profile")
KEYS = [key for model in tenant_models() for key in tenant_keys(model)]


def test_there_are_keys_to_test() -> None:
    assert {f"{key.model.__name__}.{key.name}" for key in KEYS} >= {"ProfileTag.tag", "CustomerEvent.profile"}


@pytest.mark.parametrize("key", KEYS, ids=lambda key: f"{key.model.__name__}.{key.name}")
def test_a_row_cannot_point_to_a_strangers_row(world: World, key: TenantForeignKey) -> None:
    more: dict[str, Any] = dict(GOES_WITH.get(f"{key.model.__name__}.{key.name}", {}))
    with tenant_context(world.zenith):
        theirs = make_row(key.related_model, "theirs")
    with tenant_context(world.acme):
        if f"{key.model.__name__}.{key.name}" == "Candidate.high":
            # The lower id stands first, whoever it belongs to.
            more["low"] = make_row(key.related_model, "lowest", id=uuid.UUID(int=1))
        with pytest.raises(IntegrityError, match="_twall"), transaction.atomic():
            _make_and_check(key, theirs.pk, more)
        # The same row, pointing home, is fine: it is the tenant that was refused.
        ours = make_row(key.related_model, "ours")
        _make_and_check(key, ours.pk, more)


def _make_and_check(key: TenantForeignKey, target: uuid.UUID, more: dict[str, Any]) -> None:
    make_row(key.model, "pointing", **{key.attname: target}, **more)
    _check_now()


def _check_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_deleting_a_customer_takes_what_belongs_to_it_along(world: World) -> None:
    with tenant_context(world.acme):
        profile = make_row(Profile)
        make_row(ProfileTag, profile=profile)
        event = make_row(CustomerEvent, profile=profile)
        profile.delete()
        _check_now()
        event.refresh_from_db()
        assert event.profile_id is None
        assert event.tenant_id == world.acme.pk
        assert ProfileTag.objects.count() == 0


def test_a_key_that_was_never_real_is_refused_too(world: World) -> None:
    with tenant_context(world.acme), pytest.raises(IntegrityError, match="_twall"), transaction.atomic():
        _make_and_check(EVENT, world.acme.pk, {})
