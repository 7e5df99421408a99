"""Adding a customer by hand."""

from __future__ import annotations

import pytest
from django.test import Client

from profiles.models import Profile
from tests.profiles.views.conftest import Make, messages_of

NEW = "/admin/customers/new"
FORM = {"type": "INDIVIDUAL", "lifecycle_stage": "SUBSCRIBER", "primary_source": "MANUAL"}


def test_a_customer_is_added_and_opened(alice: Client, make: Make) -> None:
    said = FORM | {
        "first_name": "สมชาย",
        "last_name": "ใจดี",
        "email": "S@Example.com",
        "phone": "081 234 5678",
        "date_of_birth": "1990-01-02",
        "address_city": "Bangkok",
        "address_postalcode": "10110",
    }
    response = alice.post(NEW, said)
    person = Profile.objects.get()
    assert response.headers["Location"] == f"/admin/customers/{person.pk}"
    assert (person.name, person.email, person.phone) == ("สมชาย ใจดี", "s@example.com", "+66812345678")
    assert person.address == {"city": "Bangkok", "postalCode": "10110"}
    assert person.primary_source == "MANUAL"
    assert "Added สมชาย ใจดี." in messages_of(alice)


def test_somebody_known_is_shown_before_a_second_one_is_made(alice: Client, make: Make) -> None:
    known = make(name="Somchai", email="s@example.com")
    response = alice.post(NEW, FORM | {"name": "Somsak", "email": "s@example.com"})
    html = response.content.decode()
    assert response.status_code == 409
    assert "We know this customer already" in html
    assert f'href="/admin/customers/{known.pk}"' in html
    assert 'value="Somsak"' in html
    assert Profile.objects.count() == 1
    assert (
        alice.post(
            NEW, FORM | {"name": "Somsak", "email": "s@example.com", "allow_duplicate": "1"}
        ).status_code
        == 302
    )
    assert Profile.objects.count() == 2


def test_a_taken_member_id_is_never_given_twice(alice: Client, make: Make) -> None:
    make(name="Somchai", memberId="M1")
    for extra in ({}, {"allow_duplicate": "1"}):
        response = alice.post(NEW, FORM | {"name": "Somsak", "member_id": "M1", **extra})
        assert response.status_code == 409
        assert "Add anyway" not in response.content.decode()
    assert Profile.objects.count() == 1


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"name": "   "},
        {"name": "A", "email": "broken"},
        {"name": "A", "phone": "1"},
        {"name": "\x00"},
        {"name": "x" * 300},
        {"name": "A", "date_of_birth": "yesterday"},
        {"name": "A", "type": "ALIEN"},
    ],
)
def test_bad_values_are_told_and_nobody_is_added(alice: Client, said: dict[str, str], acme: object) -> None:
    response = alice.post(NEW, FORM | said)
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()
    assert not Profile.objects.exists()


def test_an_analyst_can_neither_open_nor_send_the_form(analyst: Client, acme: object) -> None:
    assert analyst.get(NEW).status_code == 403
    assert analyst.post(NEW, FORM | {"name": "A"}).status_code == 403
    assert not Profile.objects.exists()
