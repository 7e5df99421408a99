"""Importing a file more than once."""

from __future__ import annotations

import pytest

from cdp.models import Tenant
from profiles.imports.operations.error_rows import error_file
from profiles.models import Profile
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord
from tests.profiles.imports.steps import actions, import_file, start, state, undo
from tests.world import World

HEADER = "externalId,email,firstName,city\n"
FILE = HEADER + "E1,mali@example.com,Mali,Bangkok\nE2,som@example.com,Som,\nE1,mali@example.com,Malee,\n"
WITHOUT_IDS = """email,phone,firstName
mali@example.com,,Mali
,0812345678,Som
,,Nobody Known
mali@example.com,,Malee
"""


@pytest.mark.conforms("B64")
@pytest.mark.parametrize("chunk_rows", [1, 2, 2000])
@pytest.mark.parametrize("text", [FILE, WITHOUT_IDS])
def test_the_same_file_again_changes_nothing(world: World, acme: Tenant, text: str, chunk_rows: int) -> None:
    import_file(world, text, chunk_rows=chunk_rows)
    before = state()
    run = import_file(world, text, chunk_rows=chunk_rows)
    assert set(actions(run)) == {"unchanged"}
    assert state() == before


@pytest.mark.parametrize("text", [FILE, WITHOUT_IDS])
def test_edits_by_hand_survive_the_same_file(world: World, acme: Tenant, text: str) -> None:
    import_file(world, text)
    mali = Profile.objects.get(email="mali@example.com")
    record = ProfileRecord.parse({"firstName": "Mary", "email": "mary@example.com"}, tenant=acme)
    update_profile(tenant=acme, by=world.by, profile_id=mali.pk, record=record)
    before = state()
    assert set(actions(import_file(world, text))) == {"unchanged"}
    assert state() == before


def test_a_record_that_changed_is_applied_and_one_that_changed_back_too(world: World, acme: Tenant) -> None:
    for city, expected in [("Bangkok", "create"), ("Rayong", "update"), ("Bangkok", "update")]:
        run = import_file(world, HEADER + f"E1,mali@example.com,Mali,{city}\n")
        assert (actions(run), Profile.objects.get().address["city"]) == ([expected], city)


def test_a_file_that_overlaps_applies_its_news_only(world: World, acme: Tenant) -> None:
    import_file(world, FILE)
    run = import_file(world, FILE + "E3,new@example.com,New,\n")
    assert actions(run) == ["unchanged", "unchanged", "unchanged", "create"]


def test_another_source_may_say_the_same(world: World, acme: Tenant) -> None:
    import_file(world, FILE)
    before = [(one["name"], one["email"]) for one in state()]
    run = import_file(world, FILE, source="CRM")
    assert actions(run)[:2] == ["update", "update"]
    assert [(one["name"], one["email"]) for one in state()] == before
    assert state()[0]["ids"] == [("CRM", "E1"), ("ERP", "E1")]


def test_after_an_undo_the_file_can_be_imported_again(world: World, acme: Tenant) -> None:
    undo(world, import_file(world, FILE))
    assert not Profile.objects.exists()
    assert actions(import_file(world, FILE)) == ["create", "create", "update"]


def test_after_an_undo_a_file_imported_twice_can_be_imported_again(world: World, acme: Tenant) -> None:
    first = import_file(world, FILE)
    assert set(actions(import_file(world, FILE))) == {"unchanged"}
    undo(world, first)
    assert not Profile.objects.exists()
    assert actions(import_file(world, FILE)) == ["create", "create", "update"]
    assert Profile.objects.count() == 2


def test_many_people_behind_one_address_are_all_known_again(world: World, acme: Tenant) -> None:
    people = "".join(f"info@firm.com,,Name {number}\n" for number in range(60))
    import_file(world, "email,phone,firstName\n" + people)
    before = state()
    assert set(actions(import_file(world, "email,phone,firstName\n" + people))) == {"unchanged"}
    assert state() == before


def test_the_file_of_errors_is_mended_and_imported_again(world: World, acme: Tenant) -> None:
    first = import_file(world, "externalId,email,firstName,nick\nE1,bad,@mali,=x\nE2,som@example.com,Som,\n")
    mended = "".join(error_file(first)).replace(",bad,", ",mali@example.com,")
    assert mended.splitlines()[0].endswith(",Row,Reason")
    second = import_file(world, mended)
    assert (second.mapping[-2:], actions(second)) == (["ignore", "ignore"], ["create"])
    mali = Profile.objects.get(email="mali@example.com")
    assert (mali.first_name, mali.attributes) == ("@mali", {"nick": "=x"})


def test_a_row_or_a_reason_of_the_file_itself_is_kept(world: World, acme: Tenant) -> None:
    draft = start(world, "Row,Email,Reason\nA,mali@example.com,moved\n")
    assert draft.mapping == ["attributes.row", "email", "attributes.reason"]
