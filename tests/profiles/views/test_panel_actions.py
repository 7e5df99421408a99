"""What can be done in the panels: with HTMX, without it, and taken back."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.test import Client

from cdp.models import AuditEntry
from profiles.models import ContactPoint, Profile, ProfileIdentifier, Tag
from tests.factories.profiles import SegmentFactory
from tests.profiles.views.conftest import Make, messages_of, undo_token

HTMX = {"HX-Request": "true"}


def act(client: Client, person: Profile, rest: str, **said: Any) -> str:
    """Post with HTMX and return the panel that comes back."""
    response = client.post(f"/admin/customers/{person.pk}{rest}", said, headers=HTMX)
    assert response.status_code == 200, response.content.decode()
    assert json.loads(response.headers["HX-Trigger"])["customer-changed"]
    return str(response.content.decode())


def take_back(client: Client, html: str) -> None:
    """Press the undo button of a message."""
    client.post("/admin/undo", {"token": undo_token(html)})


def test_an_address_is_added_and_taken_back(alice: Client, make: Make) -> None:
    person = make(name="Somchai", phone="081 111 1111")
    html = act(alice, person, "/contact-points", kind="phone", value="081 234 5678", type="work")
    assert "081 234 5678" in html
    assert "hx-swap-oob" in html
    assert ContactPoint.objects.get(value="+66812345678").type == "work"
    take_back(alice, html)
    assert not ContactPoint.objects.filter(value="+66812345678").exists()


def test_removing_the_primary_address_is_taken_back_completely(alice: Client, make: Make) -> None:
    person = make(
        name="Somchai", emails=[{"email": "a@example.com"}, {"email": "b@example.com", "type": "home"}]
    )
    assert Profile.objects.get(pk=person.pk).email == "a@example.com"
    html = act(alice, person, f"/contact-points/{ContactPoint.objects.get(value='a@example.com').pk}/remove")
    assert Profile.objects.get(pk=person.pk).email == "b@example.com"
    take_back(alice, html)
    assert Profile.objects.get(pk=person.pk).email == "a@example.com"
    assert ContactPoint.objects.count() == 2


def test_another_address_becomes_primary_and_back(alice: Client, make: Make) -> None:
    person = make(name="Somchai", emails=[{"email": "a@example.com"}, {"email": "b@example.com"}])
    second = ContactPoint.objects.get(value="b@example.com")
    html = act(alice, person, f"/contact-points/{second.pk}/primary")
    assert Profile.objects.get(pk=person.pk).email == "b@example.com"
    take_back(alice, html)
    assert Profile.objects.get(pk=person.pk).email == "a@example.com"


def test_an_id_is_added_removed_and_brought_back_as_it_was(alice: Client, make: Make) -> None:
    person = make(name="Somchai")
    html = act(alice, person, "/identifiers", source="ERP", external_id="E-1", source_type="CUSTOMER")
    assert "E-1" in html
    ProfileIdentifier.objects.update(
        match_quality=87.5, metadata={"from": "sync"}, external_ref="https://erp/E-1"
    )
    before = ProfileIdentifier.objects.get()
    html = act(alice, person, f"/identifiers/{before.pk}/remove")
    assert not ProfileIdentifier.objects.exists()
    take_back(alice, html)
    after = ProfileIdentifier.objects.get()
    for field in (
        "source",
        "external_id",
        "source_type",
        "match_quality",
        "metadata",
        "external_ref",
        "is_primary",
    ):
        assert getattr(after, field) == getattr(before, field), field


def test_a_tag_is_put_on_and_off_and_back_with_its_colour(alice: Client, make: Make) -> None:
    person = make(name="Somchai")
    act(alice, person, "/tags", name="Golf")
    tag = Tag.objects.get()
    html = act(alice, person, f"/tags/{tag.pk}/remove")
    assert not person.profile_tags.exists()
    take_back(alice, html)
    assert person.profile_tags.get().tag == tag


def test_a_segment_is_joined_and_left(alice: Client, make: Make) -> None:
    person, segment = make(name="Somchai"), SegmentFactory(name="Readers")
    html = act(alice, person, "/segments", segment=segment.pk)
    assert person.segment_memberships.get().segment == segment
    take_back(alice, html)
    assert not person.segment_memberships.exists()
    act(alice, person, "/segments", segment=segment.pk)
    act(alice, person, f"/segments/{segment.pk}/remove")
    assert not person.segment_memberships.exists()


def test_without_javascript_the_page_comes_back_with_the_message(alice: Client, make: Make) -> None:
    person = make(name="Somchai")
    response = alice.post(f"/admin/customers/{person.pk}/tags", {"name": "Golf"})
    assert response.headers["Location"] == f"/admin/customers/{person.pk}"
    html = messages_of(alice, response.headers["Location"])
    assert "Put on the tag “Golf”." in html
    take_back(alice, html)
    assert not person.profile_tags.exists()


@pytest.mark.parametrize(
    ("rest", "said", "told"),
    [
        ("/contact-points", {"kind": "email", "value": "no mail"}, ""),
        ("/contact-points", {"kind": "email", "value": "a@example.com"}, "Already there."),
        ("/contact-points", {"kind": "fax", "value": "1"}, "Kind:"),
        ("/contact-points", {"kind": "phone", "value": "12"}, ""),
        ("/contact-points", {"kind": "email", "value": "\x00"}, "Address or number:"),
        ("/contact-points", {}, "Kind:"),
        ("/identifiers", {"source": "ERP", "external_id": "TAKEN"}, "Already taken."),
        ("/identifiers", {"source": "x" * 99, "external_id": "1"}, "System:"),
        ("/identifiers", {"source": "ERP", "external_id": "\x00"}, "Id there:"),
        ("/tags", {"name": "x" * 99}, "Tag:"),
        ("/tags", {"name": " "}, "Tag:"),
        ("/segments", {"segment": "1"}, "Segment:"),
    ],
)
def test_what_is_refused_is_told_in_the_panel_and_nothing_is_written(
    alice: Client, make: Make, rest: str, said: dict[str, str], told: str
) -> None:
    person = make(name="Somchai", email="a@example.com")
    make(name="Other", externalIds={"erpCustomerId": "TAKEN"})
    before = AuditEntry.objects.count()
    response = alice.post(f"/admin/customers/{person.pk}{rest}", said, headers=HTMX)
    html = response.content.decode()
    assert response.status_code in {400, 409}
    assert 'role="alert"' in html
    assert told in html
    assert AuditEntry.objects.count() == before
    plain = alice.post(f"/admin/customers/{person.pk}{rest}", said)
    assert plain.status_code == response.status_code
    page = plain.content.decode()
    assert page.count('role="alert"') == 1
    assert told in page
    assert "<h1" in page


@pytest.mark.parametrize(
    "rest",
    [
        "/contact-points/{}/remove",
        "/contact-points/{}/primary",
        "/identifiers/{}/remove",
        "/tags/{}/remove",
        "/segments/{}/remove",
    ],
)
def test_what_is_not_there_is_not_found(alice: Client, make: Make, rest: str) -> None:
    person = make(name="Somchai")
    response = alice.post(f"/admin/customers/{person.pk}{rest.format(uuid.uuid4())}", headers=HTMX)
    assert response.status_code == 404


def test_another_customers_parts_cannot_be_removed(alice: Client, make: Make) -> None:
    mine, other = (
        make(name="Mine"),
        make(name="Other", email="o@example.com", externalIds={"erpCustomerId": "E1"}),
    )
    point, identifier = other.contact_points.get(), other.identifiers.get()
    for rest in (f"/contact-points/{point.pk}/remove", f"/identifiers/{identifier.pk}/remove"):
        assert alice.post(f"/admin/customers/{mine.pk}{rest}").status_code == 404
    assert other.contact_points.exists()
    assert other.identifiers.exists()


def test_a_tag_that_is_there_already_offers_no_undo(alice: Client, make: Make) -> None:
    person = make(name="Somchai", tags=[{"name": "VIP"}])
    alice.post(f"/admin/customers/{person.pk}/tags", {"name": "VIP"})
    shown = messages_of(alice)
    assert "was there already" in shown
    assert 'name="token"' not in shown
    assert person.profile_tags.count() == 1
