"""What is done on a customer's page: logged, added, corrected, removed, and taken back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from cdm.models import (
    ActivityTask,
    Deal,
    DropOff,
    FamilyMember,
    Interaction,
    Ownership,
    RecommendationFeedback,
)
from cdp.models import Membership
from profiles.models import Profile
from tests.cdm.pages.conftest import Tell
from tests.factories.profiles import ProfileFactory

HTMX = {"HX-Request": "true"}


def act(client: Client, person: Profile, path: str, **said: Any) -> str:
    """Post as HTMX does and return the panel."""
    response = client.post(f"/admin/customers/{person.pk}/{path}", said, headers=HTMX)
    assert response.status_code == 200, response.content.decode()[:500]
    return str(response.content.decode())


def correcting(client: Client, person: Profile, row: Interaction) -> str:
    """Return the panel with an interaction opened for correcting."""
    address = f"/admin/customers/{person.pk}/panels/conversations?edit={row.pk}"
    return str(client.get(address, headers=HTMX).content.decode())


def undo(client: Client, html: str) -> None:
    """Press Undo in an answer."""
    token = html.split('name="token" value="', 1)[1].split('"', 1)[0]
    assert client.post("/admin/undo", {"token": token}).status_code == 302


@pytest.mark.conforms("R88")
def test_an_interaction_is_logged_corrected_and_taken_back(
    bob: Client, member: Membership, acme: object
) -> None:
    person = ProfileFactory()
    said = {"outcome": "Wants a call", "minutes": "2.5", "description": "About tea"}
    said |= {"type": "whatsapp", "direction": "inbound", "follow_up_at": "2027-01-02T10:00"}
    html = act(bob, person, "interactions", **said)
    row = Interaction.objects.get()
    assert (row.type, row.direction, row.duration_seconds) == ("whatsapp", "inbound", 150)
    assert row.agent == member
    assert row.follow_up_at is not None
    assert row.follow_up_at.isoformat() == "2027-01-02T03:00:00+00:00"
    assert ActivityTask.objects.get(profile=person).owner == member
    assert "Wants a call" in html
    form = bob.get(f"/admin/customers/{person.pk}/panels/conversations?edit={row.pk}", headers=HTMX)
    assert 'name="minutes" inputmode="decimal" maxlength="8" autocomplete="off" value="2.5"' in str(
        form.content.decode()
    )
    now = {"type": "call", "outcome": "Bought", "subject": "", "description": "About cups", "minutes": ""}
    act(bob, person, f"interactions/{row.pk}", **now)
    row.refresh_from_db()
    assert (row.type, row.outcome, row.description) == ("call", "Bought", "About cups")
    assert row.duration_seconds is None
    undo(bob, html)
    assert not Interaction.objects.exists()


@pytest.mark.parametrize(("typed", "kept"), [("yes", True), ("no", False), ("", None)])
def test_whether_a_call_was_answered_is_kept_and_can_be_corrected(
    bob: Client, acme: object, typed: str, kept: bool | None
) -> None:
    person = ProfileFactory()
    act(bob, person, "interactions", type="call", was_answered=typed)
    row = Interaction.objects.get()
    assert row.was_answered is kept
    form = correcting(bob, person, row)
    assert re.findall(r'<option value="(yes|no)" selected', form) == ([typed] if typed else [])
    act(bob, person, f"interactions/{row.pk}", type="call", was_answered="no")
    row.refresh_from_db()
    assert row.was_answered is False


def test_outcomes_are_suggested_once_however_many_forms_there_are(bob: Client, acme: object) -> None:
    person = ProfileFactory()
    act(bob, person, "interactions", type="call", outcome="Wants a sample")
    html = correcting(bob, person, Interaction.objects.get())
    assert html.count('<datalist id="outcomes">') == 1
    assert html.count('list="outcomes"') == 2
    suggested = html.split("<datalist", 1)[1].split("</datalist>", 1)[0]
    for outcome in ("Interested", "No answer", "Wants a sample"):
        assert f'value="{outcome}"' in suggested


@pytest.mark.conforms("R87")
def test_a_relative_is_added_corrected_removed_and_brought_back(bob: Client, acme: object) -> None:
    person = ProfileFactory()
    html = act(
        bob, person, "family", name="Malee", relationship="spouse", date_of_birth="--05-15", is_new="1"
    )
    row = FamilyMember.objects.get()
    assert row.partial_birth_date == "--05-15"
    assert "Birthday 15 May" in html
    act(bob, person, f"family/{row.pk}", name="Malee J", relationship="spouse", date_of_birth="1990-05-15")
    row.refresh_from_db()
    assert (row.name, str(row.date_of_birth)) == ("Malee J", "1990-05-15")
    html = act(bob, person, f"family/{row.pk}/remove")
    assert not FamilyMember.objects.exists()
    undo(bob, html)
    assert FamilyMember.objects.get().name == "Malee J"


def test_without_javascript_an_act_leads_back_to_its_tab(bob: Client, acme: object) -> None:
    person = ProfileFactory()
    response = bob.post(f"/admin/customers/{person.pk}/family", {"name": "Malee", "relationship": "spouse"})
    assert response.headers["Location"] == f"/admin/customers/{person.pk}?tab=family"
    response = bob.post(f"/admin/customers/{person.pk}/tasks", {"title": "Call"})
    assert response.headers["Location"] == f"/admin/customers/{person.pk}"


def test_tasks_deals_and_drop_offs_move_on_and_back(bob: Client, story: Tell) -> None:
    person = story()
    task = ActivityTask.objects.get(title="Send the samples")
    html = bob.post(f"/admin/crm/tasks/{task.pk}/done", {"panel": "tasks"}, headers=HTMX).content.decode()
    assert "Nothing to do for this customer." in html
    undo(bob, html)
    task.refresh_from_db()
    assert task.done_at is None
    deal = Deal.objects.get()
    said = {"panel": "deals", "stage": "won"}
    html = bob.post(f"/admin/crm/deals/{deal.pk}/move", said, headers=HTMX).content.decode()
    deal.refresh_from_db()
    assert deal.stage == "won"
    undo(bob, html)
    deal.refresh_from_db()
    assert (deal.stage, deal.closed_at) == ("new", None)
    drop = DropOff.objects.get(recovered_at=None)
    html = bob.post(
        f"/admin/crm/drop-offs/{drop.pk}/recover", {"panel": "drop-offs"}, headers=HTMX
    ).content.decode()
    assert not DropOff.objects.filter(recovered_at=None).exists()
    undo(bob, html)
    assert DropOff.objects.filter(recovered_at=None).count() == 1
    act(bob, person, "deals", title="Cups for all", amount="12,000.50")
    assert str(Deal.objects.get(title="Cups for all").amount) == "12000.50"


@pytest.mark.conforms("R90")
def test_a_recommendation_can_be_called_wrong_and_that_taken_back(bob: Client, story: Tell) -> None:
    person = story()
    html = act(bob, person, "recommendation/wrong", reason="just_bought", note="Yesterday, in the shop")
    assert "Has just bought: Yesterday, in the shop" in html
    assert RecommendationFeedback.objects.get().reason == "just_bought"
    undo(bob, html)
    assert RecommendationFeedback.objects.get().taken_back_at is not None


def test_a_customer_gets_another_agent_and_the_former_one_back(
    bob: Client, story: Tell, member: Membership
) -> None:
    person = story()
    html = act(bob, person, "agent", owner="")
    assert not Ownership.objects.filter(profile=person, owner__isnull=False).exists()
    undo(bob, html)
    assert Ownership.objects.get(profile=person).owner == member


@pytest.mark.conforms("R86")
def test_a_section_of_the_profile_is_changed_where_it_stands(bob: Client, acme: object) -> None:
    person = ProfileFactory(name="Somchai Jaidee", first_name="Somchai", last_name="Jaidee")
    form = bob.get(f"/admin/customers/{person.pk}/panels/details?edit=company", headers=HTMX).content.decode()
    assert 'name="industry"' in form
    assert 'name="first_name"' not in form
    html = act(bob, person, "details/company", industry="Tea", **{"initial-industry": ""})
    assert "Tea" in html
    person.refresh_from_db()
    assert (person.industry, person.name) == ("Tea", "Somchai Jaidee")
    assert bob.post(f"/admin/customers/{person.pk}/details/nonsense").status_code == 404
