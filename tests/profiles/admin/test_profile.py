"""Customers in the admin: what is typed goes through the verbs, and is recorded."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from cdp.models import AuditEntry
from cdp.tenancy.context import tenant_context
from profiles.models import ContactPoint, Profile, Segment, Tag
from profiles.operations.create_profile import create_profile
from profiles.operations.update_profile import update_profile
from tests.profiles.admin.records import record
from tests.profiles.imports.steps import import_file, undo
from tests.world import World

LIST = "/admin/profiles/profile/"


def form_of(page: Any) -> dict[str, Any]:
    """Return what a browser would send back, unchanged."""
    context: Any = page.context
    form = context["adminform"].form
    data = {name: field.value() for name in form.fields if (field := form[name]).value() not in (None, False)}
    for formset in context["inline_admin_formsets"]:
        for hidden in formset.formset.management_form:
            data[hidden.html_name] = hidden.value()
        for row in formset.formset.initial_forms:
            for field in row.hidden_fields():
                data[field.html_name] = field.value()
    return data


def change(browser: Client, profile: Profile, **values: Any) -> Any:
    address = f"{LIST}{profile.pk}/change/"
    return browser.post(address, {**form_of(browser.get(address)), **values})


def errors_of(answer: Any) -> dict[str, list[str]]:
    return dict(answer.context["adminform"].form.errors)


def test_a_new_customer_is_normalised_and_recorded(world: World, browser: Client) -> None:
    data = {"type": "INDIVIDUAL", "lifecycle_stage": "lead", "first_name": "Mali", "attributes": "{}"}
    answer = browser.post(
        f"{LIST}add/", {**data, "email": " Mali@Shop.Example", "phone": "081 234 5678", "city": "Trang"}
    )
    assert answer.status_code == 302, errors_of(answer)
    with tenant_context(world.acme):
        profile = Profile.objects.get()
        entry = AuditEntry.objects.get()
    assert (profile.name, profile.email, profile.phone) == ("Mali", "mali@shop.example", "+66812345678")
    assert profile.address == {"city": "Trang"}
    assert (entry.verb, entry.actor_id, entry.object_id) == ("profile.create", world.alice.pk, profile.pk)


def test_a_known_customer_is_not_made_twice_unless_it_is_meant(
    browser: Client, somchai: Profile, world: World
) -> None:
    data = {"type": "INDIVIDUAL", "lifecycle_stage": "lead", "first_name": "Twin", "attributes": "{}"}
    data["email"] = "somchai@shop.example"
    answer = browser.post(f"{LIST}add/", data)
    assert "email" in errors_of(answer)
    assert browser.post(f"{LIST}add/", {**data, "allow_duplicate": "on"}).status_code == 302
    with tenant_context(world.acme):
        assert Profile.objects.count() == 2


def test_only_what_was_changed_is_written(browser: Client, somchai: Profile, world: World) -> None:
    assert change(browser, somchai, last_name="Rakdee").status_code == 302
    with tenant_context(world.acme):
        entry = AuditEntry.objects.get(verb="profile.update")
        profile = Profile.objects.get()
    assert set(entry.changes) == {"last_name", "name"}
    assert (profile.name, profile.version) == ("Somchai Rakdee", 2)


def test_saving_without_a_change_writes_nothing(browser: Client, somchai: Profile, world: World) -> None:
    assert change(browser, somchai).status_code == 302
    with tenant_context(world.acme):
        assert Profile.objects.get().version == 1
        assert not AuditEntry.objects.filter(verb="profile.update").exists()


def test_somebody_elses_change_is_not_overwritten(browser: Client, somchai: Profile, world: World) -> None:
    address = f"{LIST}{somchai.pk}/change/"
    seen = form_of(browser.get(address))
    assert change(browser, somchai, first_name="First").status_code == 302
    answer = browser.post(address, {**seen, "first_name": "Second"})
    assert answer.status_code == 200
    assert "load it again" in str(errors_of(answer))
    assert 'value="Second"' in answer.content.decode()
    with tenant_context(world.acme):
        assert Profile.objects.get().first_name == "First"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "no address"),
        ("phone", "12"),
        ("type", "ALIEN"),
        ("date_of_birth", "2999-01-01"),
        ("scl_member_id", "9" * 30),
        ("attributes", "{broken"),
        ("attributes", "[1, 2]"),
        ("first_name", "a\x00b"),
        ("website", "x" * 301),
    ],
)
def test_bad_values_are_told_at_their_field(
    browser: Client, somchai: Profile, world: World, field: str, value: str
) -> None:
    answer = change(browser, somchai, **{field: value})
    assert answer.status_code == 200
    assert list(errors_of(answer)) == [field]
    with tenant_context(world.acme):
        assert Profile.objects.get().version == 1


def test_a_taken_id_is_told_at_its_field(browser: Client, somchai: Profile, world: World) -> None:
    with tenant_context(world.acme):
        other = create_profile(
            tenant=world.acme,
            by=world.by,
            record=record(world.acme, {"firstName": "Mali", "memberId": "M-1"}),
        )
    assert list(errors_of(change(browser, somchai, member_id="M-1"))) == ["member_id"]
    with tenant_context(world.acme):
        assert Profile.objects.get(member_id="M-1") == other


def new_row(prefix: str, **values: Any) -> dict[str, Any]:
    """Return the form data of one more row; the customer has one contact point of each kind already."""
    number = 2 if prefix == "contact_points" else 0
    return {
        f"{prefix}-TOTAL_FORMS": number + 1,
        **{f"{prefix}-{number}-{name}": value for name, value in values.items()},
    }


def test_rows_are_added_and_removed_by_verbs(browser: Client, somchai: Profile, world: World) -> None:
    with tenant_context(world.acme):
        tag, segment = Tag.objects.create(name="Gold"), Segment.objects.create(name="Bangkok")
    rows = {
        **new_row("contact_points", kind="email", value="Second@Shop.example"),
        **new_row("identifiers", source="ERP", external_id="C-7"),
        **new_row("profile_tags", tag=str(tag.pk)),
        **new_row("segment_memberships", segment=str(segment.pk)),
    }
    assert change(browser, somchai, **rows).status_code == 302
    with tenant_context(world.acme):
        verbs = set(AuditEntry.objects.exclude(verb="profile.create").values_list("verb", flat=True))
        profile = Profile.objects.get()
        assert profile.contact_points.filter(value="second@shop.example").exists()
        assert profile.identifiers.get().external_id == "C-7"
        assert profile.profile_tags.get().tag == tag
        assert profile.segment_memberships.get().segment == segment
    assert verbs == {"profile.add_contact_point", "profile.add_identifier", "profile.tag", "profile.segment"}
    assert change(browser, somchai, **{"profile_tags-0-DELETE": "on"}).status_code == 302
    with tenant_context(world.acme):
        assert not profile.profile_tags.exists()
        assert AuditEntry.objects.filter(verb="profile.untag").exists()


def test_a_refused_row_undoes_the_whole_form(browser: Client, somchai: Profile, world: World) -> None:
    rows = new_row("contact_points", kind="phone", value="12")
    answer = change(browser, somchai, last_name="Changed", **rows)
    assert answer.status_code == 200
    assert errors_of(answer)
    with tenant_context(world.acme):
        assert Profile.objects.get().last_name == "Jaidee"
        assert ContactPoint.objects.count() == 2


def test_the_history_tells_what_imports_did(browser: Client, world: World) -> None:
    with tenant_context(world.acme):
        done = import_file(world, "email,industry\nmali@example.com,Retail\n")
        person = Profile.objects.get(email="mali@example.com")
        said = record(world.acme, {"industry": "Trade"})
        update_profile(tenant=world.acme, by=world.by, profile_id=person.pk, record=said)
        import_file(world, "email,industry\nmali@example.com,Wholesale\n")
    overwritten, changed, added = browser.get(f"{LIST}{person.pk}/history/").context["lines"]
    assert overwritten.what == "Changed by row 1 of customers.csv"
    assert ("Industry", "Trade", "Wholesale") in [(c.field, c.before, c.after) for c in overwritten.changes]
    assert changed.what == "Changed"
    assert (added.what, added.who, added.kind) == ("Added by row 1 of customers.csv", "Alice", "Person")
    with tenant_context(world.acme):
        undo(world, done)
    noted = browser.get(f"{LIST}{person.pk}/history/")
    assert "Kept" in noted.content.decode()


def test_each_import_stands_on_one_page_of_a_long_history(browser: Client, world: World) -> None:
    with tenant_context(world.acme):
        import_file(world, "email,industry\nmali@example.com,Retail\n")
        person = Profile.objects.get(email="mali@example.com")
        for number in range(51):
            said = record(world.acme, {"industry": f"Trade {number}"})
            update_profile(tenant=world.acme, by=world.by, profile_id=person.pk, record=said)
        import_file(world, "email,industry\nmali@example.com,Wholesale\n")
    pages = [browser.get(f"{LIST}{person.pk}/history/?p={page}").context["lines"] for page in (1, 2)]
    assert [len(lines) for lines in pages] == [51, 2]
    assert pages[0][0].what.startswith("Changed by row")
    assert pages[1][-1].what.startswith("Added by row")


def test_the_history_shows_who_changed_what(browser: Client, somchai: Profile, world: World) -> None:
    change(browser, somchai, last_name="Rakdee")
    page = browser.get(f"{LIST}{somchai.pk}/history/")
    newest, oldest = page.context["lines"]
    assert (newest.what, newest.who) == ("Changed", "Alice")
    assert ("Last name", "Jaidee", "Rakdee") in [(c.field, c.before, c.after) for c in newest.changes]
    assert oldest.what == "Created"
