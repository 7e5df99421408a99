"""What is refused on a customer's page: told with a reason, nothing written, and what was typed kept."""

from __future__ import annotations

import pytest
from django.test import Client

from cdm.models import Deal, FamilyMember, Interaction, Ownership
from cdp.models import Membership
from tests.cdm.pages.conftest import Tell
from tests.factories.profiles import ProfileFactory

HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"type": "pigeon"}, "whatsapp"),
        ({"type": "call", "minutes": "ten"}, "Write the length in minutes"),
        ({"type": "call", "minutes": "-1"}, "Write the length in minutes"),
        ({"type": "call", "was_answered": "perhaps"}, "yes, no or not said"),
        ({"type": "call", "minutes": "NaN"}, "Write the length in minutes"),
        ({"type": "call", "follow_up_at": "next week"}, "Write the time"),
        ({"type": "call", "outcome": "x" * 101}, "100"),
    ],
)
def test_a_bad_interaction_is_refused_with_a_reason(
    bob: Client, acme: object, said: dict[str, str], told: str
) -> None:
    person = ProfileFactory()
    response = bob.post(f"/admin/customers/{person.pk}/interactions", said, headers=HTMX)
    assert response.status_code == 400
    assert told in response.content.decode()
    assert not Interaction.objects.exists()


def test_a_relative_without_a_name_is_refused(bob: Client, acme: object) -> None:
    person = ProfileFactory()
    response = bob.post(f"/admin/customers/{person.pk}/family", {"relationship": "child"}, headers=HTMX)
    assert response.status_code == 400
    assert not FamilyMember.objects.exists()


def test_a_refused_correction_keeps_what_was_typed(bob: Client, story: Tell) -> None:
    person = story()
    relative, talk = FamilyMember.objects.filter(profile=person).first(), Interaction.objects.first()
    assert relative
    assert talk
    said = {"edit": relative.pk, "name": "Malee Corrected", "date_of_birth": "soon"}
    answer = bob.post(f"/admin/customers/{person.pk}/family/{relative.pk}", said, headers=HTMX)
    assert answer.status_code == 400
    assert 'value="Malee Corrected"' in answer.content.decode()
    said = {"edit": talk.pk, "outcome": "Will think", "minutes": "long"}
    answer = bob.post(f"/admin/customers/{person.pk}/interactions/{talk.pk}", said, headers=HTMX)
    assert answer.status_code == 400
    assert 'value="Will think"' in answer.content.decode()
    assert 'value="long"' in answer.content.decode()


def test_without_javascript_a_refused_form_keeps_what_was_typed(bob: Client, acme: object) -> None:
    person = ProfileFactory(name="Somchai Jaidee")
    said = {
        "is_new": "1",
        "type": "call",
        "minutes": "ten",
        "outcome": "Will think",
        "description": "A long talk",
    }
    answer = bob.post(f"/admin/customers/{person.pk}/interactions", said)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "<!DOCTYPE html>" in page
    for expected in (
        "Write the length in minutes",
        'value="Will think"',
        'value="ten"',
        "A long talk</textarea>",
    ):
        assert expected in page, expected
    assert '<details class="adder adder--top" open>' in page
    said = {"is_new": "1", "title": "Chairs", "amount": "lots"}
    page = bob.post(f"/admin/customers/{person.pk}/deals", said).content.decode()
    assert 'value="Chairs"' in page
    assert 'value="lots"' in page
    assert not Deal.objects.exists()
    assert not Interaction.objects.exists()


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["htmx", "plain"])
def test_a_refused_section_of_the_profile_keeps_what_was_typed(
    bob: Client, acme: object, headers: dict[str, str]
) -> None:
    person = ProfileFactory(name="Somchai Jaidee", industry="Rice")
    said = {
        "edit": "company",
        "version": str(person.version),
        "industry": "Tea" * 99,
        "company_tax_id": "123",
    }
    answer = bob.post(f"/admin/customers/{person.pk}/details/company", said, headers=headers)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert "Tea" * 99 in page
    assert 'value="123"' in page
    person.refresh_from_db()
    assert person.industry == "Rice"


@pytest.mark.parametrize("said", [{}, {"owner": "nobody"}, {"owner": "\x00"}])
def test_an_agent_nobody_named_is_refused_and_the_former_one_stays(
    bob: Client, story: Tell, member: Membership, said: dict[str, str]
) -> None:
    person = story()
    response = bob.post(f"/admin/customers/{person.pk}/agent", said, headers=HTMX)
    assert response.status_code == 400
    assert "Choose an agent from the list, or nobody." in response.content.decode()
    assert Ownership.objects.get(profile=person).owner == member
