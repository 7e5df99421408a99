"""E-mails and phones so many customers have that they say nothing about who somebody is."""

from __future__ import annotations

import pytest

from cdp.errors import Invalid
from cdp.models import AuditEntry, Tenant
from profiles.identity import MOST_OWNERS, Hints, find_matches
from profiles.imports.models import ImportRow
from profiles.models import Profile
from profiles.operations.resolve import resolve
from tests.factories.profiles import ProfileFactory
from tests.profiles.imports.steps import actions, import_file
from tests.world import World

EMAIL, PHONE = "info@example.com", "+66812345678"


def holders(count: int, **values: str) -> list[Profile]:
    return [ProfileFactory(**{"email": "", "phone": "", **values}) for _ in range(count)]


def test_a_value_of_fifty_customers_finds_the_oldest_and_one_more_finds_nobody(
    world: World, acme: Tenant
) -> None:
    known = holders(MOST_OWNERS, email=EMAIL)
    assert [match.profile for match in find_matches(Hints(email=EMAIL))] == known
    holders(1, email=EMAIL)
    assert find_matches(Hints(email=EMAIL)) == []


def test_a_value_too_many_share_does_not_hide_the_other_one(world: World, acme: Tenant) -> None:
    holders(2 * MOST_OWNERS + 5, phone=PHONE)
    mali = ProfileFactory(email="mali@example.com", phone="")
    matches = find_matches(Hints(email="mali@example.com", phone=PHONE))
    assert [(match.hint, match.profile) for match in matches] == [("email", mali)]


def test_resolving_by_nothing_else_is_refused_and_makes_nobody(world: World, acme: Tenant) -> None:
    holders(MOST_OWNERS + 1, phone=PHONE)
    with pytest.raises(Invalid):
        resolve(tenant=acme, by=world.by, hints=Hints(phone=PHONE))
    assert Profile.objects.count() == MOST_OWNERS + 1
    new = resolve(tenant=acme, by=world.by, hints=Hints(phone=PHONE, email="new@example.com"))
    assert (new.is_new, new.profile and new.profile.phone) == (True, PHONE)


def test_a_known_customer_who_shares_the_value_is_not_changed_by_every_call(
    world: World, acme: Tenant
) -> None:
    known = holders(MOST_OWNERS + 1, phone=PHONE)[0]
    Profile.objects.filter(pk=known.pk).update(member_id="M1")
    found = resolve(tenant=acme, by=world.by, hints=Hints(phone=PHONE, ids={"memberId": "M1"}))
    assert (found.profile, found.matched_by, found.conflicts) == (known, ["memberId"], [])
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("chunk_rows", [1, 3, 2_000])
def test_an_import_takes_the_fifty_first_holder_like_anybody_online(
    world: World, acme: Tenant, chunk_rows: int
) -> None:
    known = [ProfileFactory(email="", phone=PHONE, member_id=f"K{number}") for number in range(MOST_OWNERS)]
    # The second has a member number nobody has, so is new; the phone then has one holder too many.
    rows = [",Unheard-of", "M2,Niran", ",Dao", ",Ann"]
    lines = ["memberId,firstName,phone", *(f"{row},0812345678" for row in rows)]
    done = import_file(world, "\n".join(lines), chunk_rows=chunk_rows)
    assert actions(done) == ["update", "create", "create", "create"]
    assert ImportRow.objects.get(run=done, row_no=1).profile_id == known[0].pk
    assert find_matches(Hints(phone=PHONE)) == []


@pytest.mark.parametrize("chunk_rows", [1, 2_000])
def test_an_import_makes_the_value_shared_in_the_middle_of_a_chunk(
    world: World, acme: Tenant, chunk_rows: int
) -> None:
    holders(MOST_OWNERS - 1, phone=PHONE)
    Profile.objects.filter(phone=PHONE).update(status="DELETED")
    rows = [f"M{number},0812345678" for number in range(3)]
    done = import_file(world, "\n".join(["memberId,phone", *rows, ",0812345678"]), chunk_rows=chunk_rows)
    assert actions(done) == ["create"] * 4
    assert "shared by more than 50" in ImportRow.objects.get(run=done, row_no=4).note
