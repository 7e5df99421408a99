"""Changing a customer by form, also when somebody else does at the same time."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from cdp.models import AuditEntry
from profiles.models import Profile
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord
from tests.profiles.views.conftest import Make
from tests.world import World


def form_of(html: str) -> dict[str, str]:
    """Return what a browser would send if nobody touched the form."""
    values: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        attrs = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        is_off = attrs.get("type") in {"radio", "checkbox"} and " checked" not in tag
        if "name" in attrs and not is_off:
            values[attrs["name"]] = unescape(attrs.get("value", ""))
    for name, options in re.findall(r'<select[^>]*name="([\w-]+)"[^>]*>(.*?)</select>', html, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        values[name] = unescape(chosen[1]) if chosen else ""
    return {name: value for name, value in values.items() if name not in {"s", "token", "next"}}


@pytest.fixture
def person(make: Make) -> Profile:
    """Somebody with most fields filled in."""
    return make(
        firstName="Somchai",
        lastName="Jaidee",
        email="s@example.com",
        phone="081 234 5678",
        gender="male",
        dateOfBirth="1990-01-02",
        address={"city": "Bangkok", "postalCode": "10110"},
        memberId="M1",
    )


def opened(client: Client, person: Profile) -> dict[str, str]:
    """Open the form."""
    return form_of(client.get(f"/admin/customers/{person.pk}/edit").content.decode())


def send(client: Client, person: Profile, form: dict[str, str], **changes: str) -> tuple[int, str]:
    """Send the form with some values changed; return the status and the page or address."""
    response = client.post(f"/admin/customers/{person.pk}/edit", form | changes)
    return response.status_code, response.get("Location") or response.content.decode()


def test_an_untouched_form_changes_nothing(alice: Client, person: Profile) -> None:
    before = AuditEntry.objects.count()
    assert send(alice, person, opened(alice, person)) == (302, f"/admin/customers/{person.pk}")
    assert AuditEntry.objects.count() == before
    assert Profile.objects.get(pk=person.pk).version == 1


def test_only_what_was_changed_is_written_and_audited(alice: Client, person: Profile) -> None:
    form = opened(alice, person)
    assert (
        send(alice, person, form, industry="Retail", address_city="Chiang Mai", phone="081 234 5679")[0]
        == 302
    )
    after = Profile.objects.get(pk=person.pk)
    assert (after.industry, after.phone) == ("Retail", "+66812345679")
    assert after.address == {"city": "Chiang Mai", "postalCode": "10110"}
    assert set(AuditEntry.objects.latest("at").changes) == {"industry", "phone", "address"}


def test_values_can_be_emptied(alice: Client, person: Profile) -> None:
    form = opened(alice, person)
    assert (
        send(alice, person, form, date_of_birth="", email="", member_id="", address_city="", gender="")[0]
        == 302
    )
    after = Profile.objects.get(pk=person.pk)
    assert (after.date_of_birth, after.email, after.member_id, after.gender) == (None, "", None, "")
    assert after.address == {"postalCode": "10110"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "not an address"),
        ("phone", "12"),
        ("date_of_birth", "31/31/1990"),
        ("date_of_birth", "2999-01-01"),
        ("type", "ROBOT"),
        ("gender", "x"),
        ("lifecycle_stage", "x"),
        ("industry", "x" * 500),
        ("name", "\x00"),
        ("version", "-1"),
        ("version", "9" * 40),
        ("address_city", "x" * 999),
    ],
)
def test_a_bad_value_is_told_at_its_field_and_nothing_is_written(
    alice: Client, person: Profile, field: str, value: str
) -> None:
    status, html = send(alice, person, opened(alice, person), membership_tier="Gold", **{field: value})
    assert status == 400
    assert "errorlist" in html
    assert 'value="Gold"' in html, "what was typed stays"
    after = Profile.objects.get(pk=person.pk)
    assert (after.version, after.membership_tier) == (1, "")


def test_an_id_somebody_else_has_is_told_at_its_field(alice: Client, person: Profile, make: Make) -> None:
    make(name="Other", memberId="M2")
    status, html = send(alice, person, opened(alice, person), member_id="M2")
    assert status == 409
    assert "Already taken." in html
    assert Profile.objects.get(pk=person.pk).member_id == "M1"


def test_two_people_changing_different_fields_both_succeed(
    alice: Client, world: World, person: Profile
) -> None:
    form = opened(alice, person)
    _somebody_else(world, person, companyName="Siam Cement")
    assert send(alice, person, form, industry="Retail")[0] == 302
    after = Profile.objects.get(pk=person.pk)
    assert (after.company_name, after.industry) == ("Siam Cement", "Retail")


def test_two_people_changing_one_field_are_shown_both_values(
    alice: Client, world: World, person: Profile
) -> None:
    form = opened(alice, person)
    _somebody_else(world, person, industry="Golf", companyName="Siam Cement")
    status, html = send(alice, person, form, industry="Retail", gender="")
    assert status == 409
    assert "Somebody else changed this customer while you were editing" in html
    rows = re.findall(r'<tr><th scope="row">([^<]+)</th><td>([^<]*)</td><td>([^<]*)</td>', html)
    assert rows == [("Industry", "Golf", "Retail")]
    assert Profile.objects.get(pk=person.pk).industry == "Golf", "nothing is written yet"
    again = form_of(html)
    assert again["company_name"] == "Siam Cement", "untouched fields follow what is stored"
    assert send(alice, person, again)[0] == 302
    after = Profile.objects.get(pk=person.pk)
    assert (after.industry, after.gender, after.company_name) == ("Retail", "", "Siam Cement")


def test_the_same_change_by_two_people_is_no_conflict(alice: Client, world: World, person: Profile) -> None:
    form = opened(alice, person)
    _somebody_else(world, person, industry="Retail")
    assert send(alice, person, form, industry="Retail")[0] == 302


def test_an_agent_may_edit(bob: Client, person: Profile) -> None:
    assert send(bob, person, opened(bob, person), industry="Retail")[0] == 302
    assert Profile.objects.get(pk=person.pk).industry == "Retail"


def _somebody_else(world: World, person: Profile, **said: str) -> None:
    record = ProfileRecord.parse(said, tenant=world.acme)
    update_profile(tenant=world.acme, by=world.bob.actor, profile_id=person.pk, record=record)
