"""Taking an import back."""

from __future__ import annotations

import pytest

from cdp.models import AuditEntry, Tenant
from profiles.imports.history import import_changes
from profiles.imports.models import ImportRow
from profiles.models import ContactPoint, CustomerEvent, Profile, ProfileIdentifier, ProfileTag
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord
from tests.factories.profiles import CustomerEventFactory, ProfileFactory
from tests.profiles.imports.steps import import_file, state, undo
from tests.world import World

HEADER = "externalId,email,phone,firstName,lastName,city,tags,memberId\n"
NEW = HEADER + "E1,mali@example.com,0812345678,Mali,Sukjai,Bangkok,VIP,M1\nE2,som@example.com,,Som,,,,\n"


def edit(world: World, profile: Profile, **fields: object) -> None:
    record = ProfileRecord.parse(fields, tenant=world.acme)
    update_profile(tenant=world.acme, by=world.by, profile_id=profile.pk, record=record)


def values(one: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in one.items() if name != "version"}


@pytest.mark.conforms("B63")
@pytest.mark.parametrize("chunk_rows", [1, 2000])
def test_what_was_created_is_gone_with_all_that_belonged_to_it(
    world: World, acme: Tenant, chunk_rows: int
) -> None:
    run = undo(world, import_file(world, NEW + "E1,,,Malee,,,,\n"), chunk_rows=chunk_rows)
    assert (run.state, run.undo_report["removed"], run.undo_report["kept"]) == ("undone", 2, 0)
    for model in (Profile, ContactPoint, ProfileIdentifier, ProfileTag):
        assert not model.objects.exists()
    assert set(ImportRow.objects.filter(run=run).values_list("undone", flat=True)) == {"restored"}


@pytest.mark.parametrize("chunk_rows", [1, 2000])
def test_what_was_changed_is_as_before(world: World, acme: Tenant, chunk_rows: int) -> None:
    import_file(world, NEW)
    before = [values(one) for one in state()]
    changed = "E1,new@example.com,0899999999,Malee,Rakdee,Rayong,Gold,M9\nE2,,0855555555,,Khon,Trat,,M1\n"
    again = "E1,third@example.com,,Maleewan,,,,\n"
    run = import_file(world, HEADER + changed + again, chunk_rows=chunk_rows, source="ERP")
    assert [values(one) for one in state()] != before
    run = undo(world, run, chunk_rows=chunk_rows)
    assert (run.state, run.undo_report["kept"]) == ("undone", 0)
    assert [values(one) for one in state()] == before


def test_fields_edited_since_are_kept_and_reported_and_the_others_restored(
    world: World, acme: Tenant
) -> None:
    import_file(world, NEW)
    run = import_file(world, HEADER + "E1,,,Malee,Rakdee,Rayong,,\n")
    mali = Profile.objects.get(email="mali@example.com")
    edit(world, mali, firstName="Mary", address={"city": "Rayong", "street": "Rama IV"})
    run = undo(world, run)
    mali.refresh_from_db()
    assert (mali.first_name, mali.last_name, mali.address) == (
        "Mary", "Sukjai", {"city": "Bangkok", "street": "Rama IV"}
    )  # fmt: skip
    entry = run.undo_report["entries"][0]
    assert (entry["row"], entry["profileId"]) == (1, str(mali.pk))
    assert "first_name" in entry["fields"]
    assert ImportRow.objects.get(run=run, row_no=1).undone == "partly"


def test_a_created_customer_somebody_has_worked_with_is_kept(world: World, acme: Tenant) -> None:
    run = import_file(world, NEW + "E3,dao@example.com,,Dao,,,,\n")
    edit(world, Profile.objects.get(email="mali@example.com"), firstName="Mary")
    CustomerEventFactory(profile=Profile.objects.get(email="som@example.com"))
    run = undo(world, run)
    assert run.undo_report["removed"] == 1
    assert [entry["reason"] for entry in sorted(run.undo_report["entries"], key=lambda e: e["row"])] == [
        "This was changed after the import.",
        "Something else belongs to this customer by now: event.",
    ]
    assert sorted(Profile.objects.values_list("first_name", flat=True)) == ["Mary", "Som"]
    assert CustomerEvent.objects.get().profile is not None


def test_a_merged_customer_is_kept(world: World, acme: Tenant) -> None:
    run = import_file(world, NEW)
    survivor = ProfileFactory()
    mali = Profile.objects.filter(email="mali@example.com")
    mali.update(status="MERGED", merged_into=survivor)
    run = undo(world, run)
    assert [entry["reason"] for entry in run.undo_report["entries"]] == [
        "The customer has been merged or deleted since."
    ]
    assert mali.get().merged_into == survivor


def test_two_imports_can_be_taken_back_one_after_the_other(world: World, acme: Tenant) -> None:
    first = import_file(world, NEW)
    second = import_file(world, HEADER + "E1,,,Malee,,,,\n")
    third = import_file(world, HEADER + "E1,,,Maleewan,,,,\n", source="CRM", source_type="")
    for run in (third, second):
        assert undo(world, run).undo_report["kept"] == 0
    assert Profile.objects.get(email="mali@example.com").first_name == "Mali"
    assert undo(world, first).undo_report == {"removed": 2, "restored": 0, "kept": 0, "entries": []}
    assert not Profile.objects.exists()


def test_an_earlier_import_keeps_what_a_later_one_has_changed(world: World, acme: Tenant) -> None:
    first = import_file(world, NEW)
    import_file(world, HEADER + "E1,,,Malee,,,,\n")
    report = undo(world, first).undo_report
    assert (report["removed"], report["kept"]) == (1, 1)
    assert Profile.objects.get().first_name == "Malee"


def test_an_id_somebody_else_took_meanwhile_is_not_taken_away(world: World, acme: Tenant) -> None:
    import_file(world, NEW)
    run = import_file(world, HEADER + "E1,,,,,,,M9\n")
    ProfileFactory(member_id="M1")
    run = undo(world, run)
    assert run.undo_report["entries"][0]["fields"] == ["member_id"]
    assert Profile.objects.get(email="mali@example.com").member_id == "M9"


@pytest.mark.conforms("B64")
def test_the_audit_names_the_phases_and_the_history_of_a_customer_names_the_import(
    world: World, acme: Tenant
) -> None:
    run = undo(world, import_file(world, HEADER + "E1,mali@example.com,,Mali,,,,\nE1,,,Malee,,,,\n"))
    verbs = AuditEntry.objects.filter(object_id=run.pk).order_by("at", "pk").values_list("verb", flat=True)
    assert list(verbs) == ["import.start", "import.confirm", "import.run", "import.undo", "import.undone"]
    row = ImportRow.objects.get(run=run, row_no=2)
    assert row.profile_id is not None
    changes = import_changes([row.profile_id])
    assert [(change.action, change.by, change.file_name) for change in changes] == [
        ("update", "Alice", "customers.csv"),
        ("create", "Alice", "customers.csv"),
    ]
    assert changes[0].changes["first_name"] == ["Mali", "Malee"]


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [("email", "mali@example.com", "mali@example.org"), ("phone", "+66812345678", "+66899999999")],
)
def test_an_address_that_was_removed_since_does_not_come_back(
    world: World, acme: Tenant, kind: str, old: str, new: str
) -> None:
    import_file(world, NEW)
    run = import_file(world, f"externalId,{kind}\nE1,{new}\n")
    mali = Profile.objects.get(first_name="Mali")
    ContactPoint.objects.get(profile=mali, kind=kind, value=old).delete()
    run = undo(world, run)
    mali.refresh_from_db()
    assert getattr(mali, kind) == new
    assert list(ContactPoint.objects.filter(profile=mali, kind=kind).values_list("value", flat=True)) == [new]
    (entry,) = run.undo_report["entries"]
    assert (entry["reason"], entry["fields"]) == ("This was changed after the import.", [kind])
