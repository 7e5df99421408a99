"""A company's own settings: region, time zone and currency are real ones."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cdp.choices import Role
from cdp.models import Membership, Tenant
from cdp.permissions import ALL_CODES, PROFILE_READ, ROLE_CODES, codes_of, unknown_codes
from tests.factories.cdp import MembershipFactory, TenantFactory
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("region", "XX"),
        ("region", "th"),
        ("time_zone", "Asia/Atlantis"),
        ("time_zone", "../../etc/passwd"),
        ("currency", "baht"),
        ("currency", "th"),
        ("slug", "not a slug"),
        ("name", ""),
    ],
)
def test_a_value_that_means_nothing_is_refused(field: str, value: str) -> None:
    tenant = Tenant(**{"name": "Acme", "slug": "acme", field: value})
    with pytest.raises(ValidationError) as refused:
        tenant.full_clean()
    assert set(refused.value.message_dict) == {field}


def test_the_defaults_are_sound() -> None:
    Tenant(name="Acme", slug="acme").full_clean()


def test_a_short_name_is_taken_once() -> None:
    TenantFactory(slug="acme")
    with pytest.raises(IntegrityError), transaction.atomic():
        TenantFactory(slug="acme")


def test_a_person_is_a_member_of_a_company_once(world: World) -> None:
    with pytest.raises(IntegrityError, match="memberships_one_per_tenant_and_user"), transaction.atomic():
        MembershipFactory(tenant=world.acme, user=world.bob, role=Role.ADMIN)


def test_a_role_that_does_not_exist_is_refused_by_the_database(world: World) -> None:
    members = Membership.objects.filter(user=world.bob)
    with pytest.raises(IntegrityError, match="memberships_role_is_known"), transaction.atomic():
        members.update(role="king")


def test_every_role_has_its_codes_and_nobody_more_than_there_are() -> None:
    assert ROLE_CODES.keys() == set(Role.values)
    assert all(PROFILE_READ in codes_of(role) for role in Role.values)
    assert set().union(*ROLE_CODES.values()) == ALL_CODES
    assert unknown_codes(["profile:read", "nonsense"]) == ["nonsense"]
