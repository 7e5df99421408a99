"""The agent's day."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cdm.models import ActivityTask, Interaction
from cdp.models import Membership, Tenant
from cdp.tenancy.context import tenant_context
from profiles.choices import ProfileStatus
from profiles.models import Profile
from profiles.views.customer.answers import find_customer
from tests.cdm.pages.conftest import Tell
from tests.factories.cdm_insights import InsightFitFactory, RecommendationFactory
from tests.factories.cdm_people import ActivityTaskFactory, DealFactory, FamilyMemberFactory
from tests.factories.profiles import ProfileFactory
from tests.world import World

DAY = "/admin/crm/agent-dashboard"


def day(client: Client, query: str = "") -> str:
    """Return the page."""
    response = client.get(DAY + query)
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.fixture
def callable_people(acme: object) -> list[object]:
    """Make two customers nobody has spoken to, one better than the other."""
    fit = InsightFitFactory()
    best = RecommendationFactory(
        fit=fit, profile=ProfileFactory(name="Best One"), total_points=30, priority=10, room=1
    )
    other = RecommendationFactory(fit=fit, profile=ProfileFactory(name="Other One"), total_points=5, room=90)
    return [best.profile, other.profile]


def test_the_agents_day_comes_first_after_the_log_in(bob: Client, alice: Client) -> None:
    assert bob.get("/").headers["Location"] == DAY
    assert alice.get("/").headers["Location"] == "/admin/customers/cdm"
    assert bob.get("/admin/crm").headers["Location"] == DAY


@pytest.mark.conforms("R91")
def test_the_day_names_whom_to_call_and_why(bob: Client, callable_people: list[object]) -> None:
    html = day(bob)
    assert html.index("Best One") < html.index("Other One")
    for expected in (
        "Today's call list",
        "What to do next",
        "7 orders so far",
        "Most valuable",
    ):
        assert expected in html, expected
    places = re.findall(r'call__place"(?: title="([^"]+)")?>.*?</span>(\d+)</p>', html)
    assert places == [("Priority 10 of 10", "1"), ("Priority 6 of 10", "2")]
    room = day(bob, "?list=room_to_win")
    calls = room.split("data-calls", 1)[1]
    assert calls.index("Other One") < calls.index("Best One")
    assert "Best One" in day(bob, "?list=%00nonsense")


def test_what_counts_for_value_is_not_told_as_money_spent(bob: Client, acme: object) -> None:
    reason = {"name": "value", "label": "", "points": 9, "text": "", "value": 35691.4}
    RecommendationFactory(reasons=[reason], total_points=9)
    html = day(bob)
    assert "orders × usual value: about 35,691 THB" in html
    assert "35,691 THB so far" not in html


@pytest.mark.conforms("B97")
def test_a_call_is_logged_by_its_outcome_and_taken_back(
    bob: Client, callable_people: list[object], member: Membership
) -> None:
    person = callable_people[0]
    address = f"/admin/customers/{person.pk}/calls"  # type: ignore[attr-defined]
    html = bob.post(address, {"outcome": "2"}, headers={"HX-Request": "true"}).content.decode()
    row = Interaction.objects.get()
    assert (row.type, row.outcome, row.was_answered, row.agent) == (
        "call",
        "Call back tomorrow",
        True,
        member,
    )
    assert ActivityTask.objects.get().owner == member
    assert "data-calls-logged>1<" in html
    token = html.split('name="token" value="', 1)[1].split('"', 1)[0]
    bob.post("/admin/undo", {"token": token})
    assert not Interaction.objects.exists()
    assert not ActivityTask.objects.exists()


def test_an_unknown_outcome_logs_nothing(bob: Client, callable_people: list[object]) -> None:
    address = f"/admin/customers/{callable_people[0].pk}/calls"  # type: ignore[attr-defined]
    for outcome in ("", "9", "\x00"):
        response = bob.post(address, {"outcome": outcome, "next": DAY})
        assert response.headers["Location"] == DAY
    assert not Interaction.objects.exists()


def test_a_call_the_verb_refuses_is_not_shown_as_logged(
    bob: Client, callable_people: list[Profile], monkeypatch: pytest.MonkeyPatch
) -> None:
    def found_and_then_deleted(profile_id: uuid.UUID) -> Profile:
        profile = find_customer(profile_id)
        Profile.objects.filter(pk=profile_id).update(status=ProfileStatus.DELETED)
        return profile

    monkeypatch.setattr("cdm.views.dashboard.find_customer", found_and_then_deleted)
    address = f"/admin/customers/{callable_people[0].pk}/calls"
    html = bob.post(address, {"outcome": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert "Not logged" in html
    assert "Interested" not in html
    assert not Interaction.objects.exists()


def test_what_was_promised_is_there_on_its_day_and_what_is_late(
    bob: Client, member: Membership, acme: object
) -> None:
    now = timezone.now()
    person = ProfileFactory(name="Somchai")
    ActivityTaskFactory(profile=person, title="Late one", owner=member, due_at=now - timedelta(days=3))
    ActivityTaskFactory(profile=person, title="Nobody took it", owner=None, due_at=now)
    ActivityTaskFactory(profile=person, title="Far away", owner=member, due_at=now + timedelta(days=9))
    ActivityTaskFactory(profile=person, title="Done one", owner=member, due_at=now, done_at=now)
    html = day(bob)
    assert "Late one" in html
    assert "3 days late" in html
    assert "Nobody took it" in html
    assert "Far away" not in html
    assert "Done one" not in html


def test_tasks_that_do_not_fit_are_counted_and_led_to(bob: Client, member: Membership, acme: object) -> None:
    now = timezone.now()
    person = ProfileFactory(name="Somchai")
    ActivityTaskFactory(profile=None, title="No customer", owner=member, due_at=now - timedelta(days=9))
    for number in range(10):
        ActivityTaskFactory(profile=person, title=f"Mine {number}", owner=member, due_at=now)
    for number in range(4):
        ActivityTaskFactory(profile=person, title=f"Free {number}", owner=None, due_at=now)
    ActivityTaskFactory(profile=person, title="Done one", owner=member, due_at=now, done_at=now)
    tasks = day(bob).split('id="tasks-title"', 1)[1].split("</section>", 1)[0]
    assert tasks.count("data-row") == tasks.count("data-open") == 12
    link = re.search(r'href="([^"]+)">and 3 more<', tasks)
    assert link is not None
    listed = bob.get(link[1].replace("&amp;", "&"))
    assert listed.status_code == 200
    html = listed.content.decode()
    assert "Mine 9" in html
    assert "Free 0" not in html
    assert "Done one" not in html


def test_birthdays_of_customers_and_family_are_there_this_week(bob: Client, acme: Tenant) -> None:
    today = timezone.localdate(timezone=ZoneInfo(acme.time_zone))
    person = ProfileFactory(name="Somchai Jaidee", date_of_birth=today.replace(year=today.year - 30))
    FamilyMemberFactory(
        profile=person, name="Malee", partial_birth_date=f"--{today + timedelta(days=3):%m-%d}"
    )
    html = day(bob)
    assert "turns 30" in html
    assert "Malee" in html
    assert "family of Somchai Jaidee" in html


def test_the_day_shows_nobody_elses_tasks_deals_and_no_strangers(
    bob: Client, world: World, member: Membership, acme: object
) -> None:
    owner = Membership.objects.get(tenant=world.acme, user=world.alice)
    DealFactory(title="Mine", owner=member)
    DealFactory(title="Hers", owner=owner)
    ActivityTaskFactory(title="Hers too", owner=owner, due_at=timezone.now())
    with tenant_context(world.zenith):
        RecommendationFactory(profile=ProfileFactory(name="Strange Person"))
    html = day(bob)
    assert "Mine" in html
    for other in ("Hers", "Hers too", "Strange Person"):
        assert other not in html


def test_an_empty_day_says_what_to_do(bob: Client, acme: object) -> None:
    html = day(bob)
    for text in (
        "Nothing waits for you.",
        "Nobody is left to call",
        "Nothing is due.",
        "No open deal is yours.",
    ):
        assert text in html, text


def test_the_day_costs_the_same_for_2_and_20_customers(
    world: World, member: Membership, acme: object
) -> None:
    bob = world.browser(world.bob)
    fit = InsightFitFactory()
    counted = []
    for number in (2, 18):
        for _ in range(number):
            person = ProfileFactory()
            RecommendationFactory(fit=fit, profile=person)
            ActivityTaskFactory(profile=person, owner=member, due_at=timezone.now())
            DealFactory(profile=person, owner=member)
        day(bob)
        with CaptureQueriesContext(connection) as captured:
            day(bob)
        counted.append(len(captured))
    assert counted[0] == counted[1]
    assert counted[0] <= 30


def test_the_two_keys_do_not_work_for_who_may_only_look(analyst: Client, story: Tell) -> None:
    story()
    html = day(analyst)
    assert "data-quick-log" not in html
