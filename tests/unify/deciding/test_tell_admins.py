"""Mails about a growing queue, and the number in the navigation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import RequestFactory

from cdp.choices import Role
from cdp.models import Membership, Tenant
from cdp.tenancy.context import tenant_context
from tests.cdp.queue import own_queue, work_off
from tests.factories.cdp import MembershipFactory, UserFactory
from tests.factories.unify import make_case
from tests.world import World
from unify.choices import CaseState, Decision
from unify.deciding.progress import MOST_COUNTED, progress_of_the_day, waiting_badge, waiting_count
from unify.deciding.tasks import tell_admins_everywhere
from unify.models import MatchSettings, ReviewCase
from unify.operations.decide_case import decide_case
from unify.operations.tell_admins import tell_admins
from unify.views.review.day import day_of

# Bangkok is seven hours ahead.
MORNING = datetime(2026, 3, 2, 1, 5, tzinfo=UTC)
EVENING = MORNING + timedelta(hours=11)
DAY = timedelta(days=1)


@pytest.fixture
def queue(acme: Tenant) -> None:
    # Where the mail is English.
    acme.region = "GB"
    MatchSettings.objects.create(digest_from=3)
    for _ in range(3):
        make_case()


def told(tenant: Tenant, at: datetime) -> int:
    with time_machine.travel(at, tick=False):
        return tell_admins(tenant=tenant)


@pytest.mark.conforms("R41", "B46")
def test_those_who_may_merge_are_told_in_the_morning_once_a_day(
    world: World, acme: Tenant, queue: None
) -> None:
    manager = MembershipFactory(tenant=acme, user=UserFactory(email="manager@example.com"), role=Role.MANAGER)
    Membership.objects.filter(pk=manager.pk).update(is_active=True)
    assert told(acme, EVENING) == 0
    assert told(acme, MORNING) == 2
    message = mail.outbox[0]
    assert sorted(message.bcc) == ["alice@example.com", "manager@example.com"]
    assert message.to == []
    assert message.subject == "3 possible duplicates wait at Acme"
    assert "/admin/review" in message.body
    assert "  " not in message.subject
    make_case()
    assert told(acme, MORNING + timedelta(hours=1)) == 0
    assert told(acme, MORNING + DAY) == 2
    assert "1 more than when you were last told" in mail.outbox[1].body


@pytest.mark.parametrize(
    ("region", "subject"), [("TH", "รายการที่อาจซ้ำ"), ("BD", "অনুলিপি"), ("GB", "possible duplicates wait")]
)
def test_the_mail_is_in_the_language_of_the_tenants_country(
    acme: Tenant, queue: None, region: str, subject: str
) -> None:
    acme.region = region
    assert told(acme, MORNING) == 1
    assert subject in mail.outbox[0].subject
    assert ("Review them here" in mail.outbox[0].body) == (region == "GB")


@pytest.mark.conforms("R41")
def test_a_queue_that_does_not_grow_is_mentioned_once_a_week(acme: Tenant, queue: None) -> None:
    assert told(acme, MORNING) == 1
    assert [told(acme, MORNING + day * DAY) for day in range(1, 8)] == [0, 0, 0, 0, 0, 0, 1]


def test_a_queue_that_shrank_and_grew_again_is_news(acme: Tenant, queue: None) -> None:
    assert told(acme, MORNING) == 1
    ReviewCase.objects.filter(pk=ReviewCase.objects.values("pk")[:1]).update(state=CaseState.DECIDED)
    assert told(acme, MORNING + DAY) == 0
    make_case()
    assert told(acme, MORNING + 2 * DAY) == 1


@pytest.mark.parametrize("digest_from", [0, 4])
def test_below_the_bound_and_where_it_is_switched_off_nobody_is_told(
    acme: Tenant, queue: None, digest_from: int
) -> None:
    MatchSettings.objects.update(digest_from=digest_from)
    assert told(acme, MORNING) == 0
    assert mail.outbox == []


def test_people_who_have_left_and_people_who_may_not_merge_are_not_told(
    world: World, acme: Tenant, queue: None
) -> None:
    Membership.objects.filter(user=world.alice).update(is_active=False)
    assert told(acme, MORNING) == 0
    assert MatchSettings.objects.get().told_at is None


def test_a_mail_that_could_not_be_sent_is_tried_again(acme: Tenant, queue: None, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(OSError, match="refused"):
        told(acme, MORNING)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert told(acme, MORNING + timedelta(hours=1)) == 1


@pytest.mark.conforms("R41")
def test_every_tenant_is_looked_at_by_its_own_clock(world: World, acme: Tenant, queue: None) -> None:
    with own_queue(), time_machine.travel(MORNING, tick=True):
        tell_admins_everywhere()
        assert work_off() == 2
    assert [message.bcc for message in mail.outbox] == [["alice@example.com"]]


@pytest.mark.conforms("B46")
def test_the_navigation_says_how_many_wait_to_those_who_may_decide(
    world: World, acme: Tenant, queue: None, rf: RequestFactory, django_assert_num_queries: Any
) -> None:
    request: Any = rf.get("/")
    assert waiting_badge(request) == ""
    request.membership = Membership.objects.get(user=world.bob, tenant=acme)
    assert waiting_badge(request) == "", "an agent may not decide"
    request.membership = Membership.objects.get(user=world.alice, tenant=acme)
    with django_assert_num_queries(1):
        assert waiting_badge(request) == "3"
    with django_assert_num_queries(0):
        assert waiting_badge(request) == "3"
    with tenant_context(world.zenith):
        request.membership = Membership.objects.get(user=world.charlie, tenant=world.zenith)
        assert waiting_badge(request) == ""


def test_a_long_queue_is_counted_up_to_a_bound(world: World, acme: Tenant, rf: RequestFactory) -> None:
    ReviewCase.objects.bulk_create(
        [ReviewCase(best_score=70, least_score=70) for _ in range(MOST_COUNTED + 5)]
    )
    request: Any = rf.get("/")
    request.membership = Membership.objects.get(user=world.alice, tenant=acme)
    assert waiting_badge(request) == "999+"
    assert waiting_count(acme) == MOST_COUNTED + 5
    assert progress_of_the_day(acme, world.alice.actor).left == MOST_COUNTED + 1
    assert day_of(acme, world.alice.actor).waiting_shown == "999+"


@pytest.mark.conforms("B46")
def test_the_progress_of_the_day_follows_the_tenants_clock(world: World, acme: Tenant) -> None:
    cases = [make_case() for _ in range(4)]
    late_yesterday = datetime(2026, 3, 1, 16, 59, tzinfo=UTC)
    for case, by, at in (
        (cases[0], world.alice.actor, late_yesterday),
        (cases[1], world.alice.actor, MORNING),
        (cases[2], world.bob.actor, MORNING),
    ):
        with time_machine.travel(at, tick=False):
            decide_case(tenant=acme, by=by, case_id=case.pk, decision=Decision.DIFFERENT)
    with time_machine.travel(MORNING, tick=False):
        progress = progress_of_the_day(acme, world.alice.actor)
    assert (progress.mine, progress.everybody, progress.left) == (1, 2, 1)
