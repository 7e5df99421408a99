"""Whose record a row is, and what it changes."""

from __future__ import annotations

import pytest

from cdp.models import Tenant
from profiles.choices import ProfileStatus
from profiles.imports.models import ImportRow, ImportRun
from profiles.models import ContactPoint, Profile, ProfileIdentifier, ProfileTag
from tests.factories.profiles import ProfileFactory, ProfileIdentifierFactory
from tests.profiles.imports.steps import actions, import_file
from tests.world import World

HEADER = "externalId,email,phone,firstName,lastName\n"


def row(run: ImportRun, row_no: int = 1) -> ImportRow:
    return ImportRow.objects.get(run=run, row_no=row_no)


def test_an_id_outranks_an_email_and_the_other_customer_is_named(world: World, acme: Tenant) -> None:
    known = ProfileIdentifierFactory(external_id="E1").profile
    other = ProfileFactory(email="mali@example.com")
    run = import_file(world, HEADER + "E1,mali@example.com,,Mali,\n")
    assert (row(run).action, row(run).profile_id) == ("update", known.pk)
    assert str(other.pk) in row(run).note
    known.refresh_from_db()
    assert (known.email, known.first_name, known.version) == ("mali@example.com", "Mali", 2)


def test_an_email_outranks_a_phone(world: World, acme: Tenant) -> None:
    by_phone = ProfileFactory(email="", phone="+66812345678")
    by_email = ProfileFactory(email="mali@example.com", phone="")
    run = import_file(world, HEADER + ",mali@example.com,0812345678,,\n")
    assert row(run).profile_id == by_email.pk
    assert str(by_phone.pk) in row(run).note


def test_a_phone_finds_a_customer_without_email(world: World, acme: Tenant) -> None:
    known = ProfileFactory(email="", phone="+66812345678")
    run = import_file(world, HEADER + ",mali@example.com,081-234-5678,,\n")
    assert (row(run).action, row(run).profile_id) == ("update", known.pk)


def test_a_phone_is_no_match_when_the_emails_contradict(world: World, acme: Tenant) -> None:
    known = ProfileFactory(email="som@example.com", phone="+66812345678")
    run = import_file(world, HEADER + ",mali@example.com,0812345678,Mali,\n")
    assert row(run).action == "create"
    assert str(known.pk) in row(run).note
    known.refresh_from_db()
    assert known.version == 1


def test_a_phone_is_no_match_when_the_member_numbers_contradict(world: World, acme: Tenant) -> None:
    known = ProfileFactory(email="", phone="+66812345678", member_id="M1")
    run = import_file(world, "memberId,phone,firstName\nM2,0812345678,Mali\n")
    assert row(run).action == "create"
    assert str(known.pk) in row(run).note


def test_the_oldest_active_holder_of_a_shared_value_is_picked(world: World, acme: Tenant) -> None:
    inactive = ProfileFactory(email="info@example.com", phone="", status=ProfileStatus.INACTIVE)
    oldest = ProfileFactory(email="info@example.com", phone="")
    newest = ProfileFactory(email="info@example.com", phone="")
    run = import_file(world, HEADER + ",info@example.com,,Mali,\n")
    assert row(run).profile_id == oldest.pk
    assert str(newest.pk) in row(run).note
    assert str(inactive.pk) in row(run).note


def test_a_merged_customer_stands_for_its_survivor(world: World, acme: Tenant) -> None:
    survivor = ProfileFactory()
    lost = ProfileFactory(email="old@example.com")
    Profile.objects.filter(pk=lost.pk).update(status="MERGED", merged_into=survivor)
    run = import_file(world, HEADER + ",old@example.com,,Mali,\n")
    assert (row(run).action, row(run).profile_id) == ("update", survivor.pk)


def test_a_deleted_customer_is_not_found_again(world: World, acme: Tenant) -> None:
    gone = ProfileFactory(email="mali@example.com", status=ProfileStatus.DELETED)
    run = import_file(world, HEADER + ",mali@example.com,,Mali,\n")
    assert row(run).action == "create"
    assert row(run).profile_id != gone.pk


def test_empty_cells_erase_nothing_and_later_rows_win(world: World, acme: Tenant) -> None:
    run = import_file(
        world,
        HEADER + "E1,mali@example.com,0812345678,Mali,Sukjai\nE1,,,Malee,\nE1,,,,\n",
    )
    assert actions(run) == ["create", "update", "unchanged"]
    mali = Profile.objects.get()
    assert (mali.name, mali.email, mali.phone) == ("Malee Sukjai", "mali@example.com", "+66812345678")
    assert row(run, 2).changes == {"first_name": ["Mali", "Malee"], "name": ["Mali Sukjai", "Malee Sukjai"]}
    assert mali.version == 2


def test_a_row_found_by_id_moves_the_primary_email_and_keeps_the_old_one(world: World, acme: Tenant) -> None:
    import_file(world, HEADER + "E1,old@example.com,,Mali,\n")
    import_file(world, HEADER + "E1,new@example.com,,Mali,\n")
    mali = Profile.objects.get()
    assert mali.email == "new@example.com"
    assert sorted(mali.contact_points.values_list("value", flat=True)) == [
        "new@example.com",
        "old@example.com",
    ]


def test_a_further_email_the_customer_has_does_not_become_the_primary_one(world: World, acme: Tenant) -> None:
    known = ProfileFactory(email="first@example.com", phone="")
    ContactPoint.objects.create(profile=known, kind="email", value="second@example.com")
    run = import_file(world, HEADER + ",second@example.com,,Mali,\n")
    known.refresh_from_db()
    assert (row(run).profile_id, known.email) == (known.pk, "first@example.com")


def test_blocked_values_identify_nobody(world: World, acme: Tenant) -> None:
    acme.blocked_values = {"email": ["office@example.com"]}
    acme.save()
    run = import_file(
        world,
        HEADER + "n/a,office@example.com,0000000000,Mali,\n-,office@example.com,,Som,\n",
    )
    assert actions(run) == ["create", "create"]
    assert not ContactPoint.objects.exists()
    assert not ProfileIdentifier.objects.exists()
    assert "e-mail identifies nobody" in row(run).note


@pytest.mark.parametrize("word", ["n/a", "-", "NULL", "ไม่มี"])
def test_words_for_nothing_are_nothing(world: World, acme: Tenant, word: str) -> None:
    run = import_file(world, f"email,phone,birthday,gender,firstName\n{word},{word},{word},{word},Mali\n")
    assert actions(run) == ["create"]
    assert (Profile.objects.get().email, Profile.objects.get().phone) == ("", "")


def test_an_unknown_row_is_skipped_when_only_known_customers_are_updated(world: World, acme: Tenant) -> None:
    ProfileFactory(email="mali@example.com", first_name="Somebody")
    text = HEADER + ",mali@example.com,,Mali,\n,som@example.com,,Som,\n"
    assert actions(import_file(world, text, options={"mode": "update"})) == ["update", "skip"]
    assert actions(import_file(world, text, options={"mode": "create"})) == ["unchanged", "create"]


def test_a_bad_value_may_be_left_out_instead_of_its_row(world: World, acme: Tenant) -> None:
    text = HEADER + ",broken,0812345678,Mali,\n,broken,,,\n,som@example.com,,Som,\n"
    assert actions(import_file(world, text)) == ["error", "error", "create"]
    run = import_file(world, text, options={"onInvalid": "drop"})
    assert actions(run) == ["create", "error", "unchanged"]
    assert "email was left out" in row(run).note


def test_tags_addresses_and_attributes_are_merged_key_by_key(world: World, acme: Tenant) -> None:
    header = "email,Tags,City,Postcode,Favourite colour\n"
    import_file(world, header + 'mali@example.com,"VIP; Newsletter",Bangkok,,red\n')
    import_file(world, header + "mali@example.com,vip|VIP,,10110,\n")
    mali = Profile.objects.get()
    assert mali.address == {"city": "Bangkok", "postalCode": "10110"}
    assert list(mali.attributes.values()) == ["red"]
    tags = ProfileTag.objects.filter(profile=mali).values_list("tag__name", flat=True)
    assert sorted(tags) == ["Newsletter", "VIP", "vip"]


def test_a_member_number_of_somebody_else_is_left_out(world: World, acme: Tenant) -> None:
    holder = ProfileFactory(member_id="M1")
    known = ProfileIdentifierFactory(external_id="E1").profile
    run = import_file(world, "externalId,memberId,firstName\nE1,M1,Mali\n")
    # The number outranks the id of the source, as online.
    assert row(run).profile_id == holder.pk
    assert str(known.pk) in row(run).note


def test_a_member_number_may_pass_from_one_customer_to_another(world: World, acme: Tenant) -> None:
    header = "externalId,memberId\n"
    import_file(world, header + "E1,M1\nE2,M2\n")
    run = import_file(world, header + "E1,M3\nE3,M1\n")
    assert actions(run) == ["update", "create"]
    assert set(Profile.objects.values_list("member_id", flat=True)) == {"M1", "M2", "M3"}


def test_an_identifier_that_was_switched_off_finds_nobody(world: World, acme: Tenant) -> None:
    old = ProfileIdentifierFactory(external_id="E1", is_active=False)
    run = import_file(world, HEADER + "E1,mali@example.com,,Mali,\n")
    assert row(run).action == "create"
    assert row(run).profile_id != old.profile_id
    assert ProfileIdentifier.objects.count() == 1


def test_a_company_without_a_person_is_a_company(world: World, acme: Tenant) -> None:
    import_file(world, "company,email\nSiam Trading,info@siam.example.com\n")
    assert Profile.objects.get().type == "COMPANY"
    assert Profile.objects.get().name == "Siam Trading"
