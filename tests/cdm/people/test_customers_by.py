"""Whom many references mean at once: by the rules of one, in as many statements."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from cdm.customers import customer_by, customers_by
from cdm.errors import AmbiguousCustomer
from cdm.models import BehaviourEvent, Ownership
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from profiles.errors import ProfileNotFound
from profiles.models import Profile
from tests.factories.profiles import CustomerEventFactory, ProfileFactory, ProfileIdentifierFactory
from tests.world import World

AMBIGUOUS, UNKNOWN = "ambiguous", "unknown"


def one_by_one(reference: str) -> uuid.UUID | str:
    try:
        return customer_by(reference)
    except AmbiguousCustomer:
        return AMBIGUOUS
    except ProfileNotFound:
        return UNKNOWN


def together(references: list[str]) -> dict[str, uuid.UUID | str]:
    found = customers_by(references)
    assert not found.known.keys() & found.ambiguous
    told = dict.fromkeys(found.ambiguous, AMBIGUOUS)
    return dict.fromkeys(references, UNKNOWN) | found.known | told


def merged_into(survivor: Profile, **values: str) -> Profile:
    return ProfileFactory(status="MERGED", merged_into=survivor, **values)


def everything(world: World) -> dict[str, uuid.UUID | str]:
    """Make customers of every kind; returns {reference: whom it means}."""
    one, other, gone = ProfileFactory(), ProfileFactory(), ProfileFactory(status="DELETED")
    lost = merged_into(merged_into(one))
    for name, source, profile in (
        *(("A-1", "ERP", one), ("B-2", "ERP", one), ("B-2", "SHOP", other)),
        *(("C-3", "ERP", lost), ("C-3", "SHOP", one), ("E-5", "ERP", gone)),
    ):
        ProfileIdentifierFactory(profile=profile, source=source, external_id=name)
    ProfileIdentifierFactory(profile=other, source="ERP", external_id="D-4", is_active=False)
    CustomerEventFactory(profile=None, customer_id="H-8")
    for name, profile in (("D-4", one), ("G-7", one), ("G-7", other)):
        CustomerEventFactory(profile=profile, customer_id=name)
    for name in ("A-1", "E-5", "F-6"):
        ProfileFactory(member_id=name)
    merged_into(other, member_id="F-6")
    with tenant_context(world.zenith):
        stranger = ProfileFactory(member_id="I-9")
    unknown = (str(gone.pk), str(stranger.pk), str(uuid.uuid4()), "E-5", "H-8", "I-9")
    # E-5: an id of a customer who is gone does not fall to somebody else of the same number.
    return {
        **{str(asked.pk): end.pk for asked, end in ((one, one), (other, other), (lost, one))},
        **dict.fromkeys(("A-1", "C-3", "D-4"), one.pk),
        **dict.fromkeys(("B-2", "F-6", "G-7"), AMBIGUOUS),
        **dict.fromkeys(unknown, UNKNOWN),
    }


def test_many_references_mean_whom_each_of_them_means(acme: Tenant, world: World) -> None:
    wanted = everything(world)
    assert together(list(wanted)) == wanted
    assert {reference: one_by_one(reference) for reference in wanted} == wanted
    assert together([]) == {}


def test_many_references_take_as_many_statements_as_few(acme: Tenant, world: World) -> None:
    few = list(everything(world))
    with CaptureQueriesContext(connection) as first:
        customers_by(few)
    many = [*few]
    for number in range(30):
        ProfileIdentifierFactory(profile=ProfileFactory(), source="ERP", external_id=f"X-{number}")
        CustomerEventFactory(profile=ProfileFactory(), customer_id=f"Y-{number}")
        many += [f"X-{number}", f"Y-{number}", str(ProfileFactory(member_id=f"Z-{number}").pk), f"Z-{number}"]
    with CaptureQueriesContext(connection) as second:
        assert len(customers_by(many).known) == len(customers_by(few).known) + 120
    # The second time over asks for the few once more.
    assert len(second) == 2 * len(first)


def test_other_systems_may_know_a_customer_by_a_uuid(acme: Tenant, api: APIClient) -> None:
    theirs = str(uuid.uuid4())
    profile = ProfileIdentifierFactory(external_id=theirs).profile
    gone = ProfileFactory(status="MERGED", merged_into=profile)
    assert customer_by(theirs) == profile.pk
    for asked, told in ((theirs, None), (str(profile.pk), None), (str(gone.pk), str(profile.pk))):
        answer = api.get(f"/cdm/customer360/{asked}")
        assert answer.json()["customer_id"] == str(profile.pk)
        assert answer.headers.get("X-Merged-Into") == told


@pytest.fixture
def shared(acme: Tenant) -> str:
    for source in ("ERP", "SHOP"):
        ProfileIdentifierFactory(profile=ProfileFactory(), source=source, external_id="B-2")
    return "B-2"


def test_a_batch_tells_which_customers_are_several_or_nobody(api: APIClient, shared: str) -> None:
    names = [str(ProfileFactory().pk), shared, "nobody"]
    events = [{"customer_id": name, "behavior_type": "wishlist"} for name in names]
    answer = api.post("/cdm/behavior/batch", {"events": events}, format="json")
    assert answer.status_code == 400
    assert answer.json()["errors"] == {
        "events[1].customer_id": [AmbiguousCustomer().detail],
        "events[2].customer_id": ["There is no such customer."],
    }
    assert not BehaviourEvent.objects.exists()


def test_assigning_tells_which_of_the_ids_is_of_several(world: World, api: APIClient, shared: str) -> None:
    bob = world.bob.memberships.get()
    said = {"customer_ids": [str(ProfileFactory().pk), shared, "nobody"], "owner_id": str(bob.pk)}
    answer = api.post("/cdm/owners", said, format="json")
    assert answer.status_code == 400
    assert answer.json()["errors"] == {"customer_ids[1]": [AmbiguousCustomer().detail]}
    assert not Ownership.objects.exists()
