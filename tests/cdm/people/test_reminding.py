"""Reminders of birthdays and anniversaries, once each."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone

from cdm.models import ActivityTask, OccasionReminder
from cdm.occasions.mailing import mail_digests
from cdm.occasions.reminding import remind
from cdm.occasions.tasks import remind_occasions_of_tenant
from cdp.models import AuditEntry, Membership, Tenant
from cdp.tenancy.context import tenant_context
from profiles.models import Profile
from tests.factories.cdm_people import FamilyMemberFactory, OwnershipFactory
from tests.factories.profiles import ProfileFactory
from tests.worker import wait_for, working
from tests.world import World, make_world

MORNING = datetime(2026, 6, 15, 1, 0, tzinfo=UTC)  # 08:00 in Bangkok


def owned(world: World, **values: object) -> Profile:
    profile = ProfileFactory(**values)
    OwnershipFactory(profile=profile, owner=world.bob.memberships.get())
    return profile


@pytest.mark.conforms("R104")
def test_a_week_ahead_the_owner_gets_a_task_and_one_mail(acme: Tenant, world: World) -> None:
    mali = owned(world, name="Mali", date_of_birth=date(1990, 6, 22))
    FamilyMemberFactory(profile=mali, name="Ben", relationship="child", date_of_birth=date(2015, 6, 16))
    owned(world, name="Too late", date_of_birth=date(1990, 6, 23))
    ProfileFactory(name="Nobody's", date_of_birth=date(1990, 6, 16))
    assert remind(tenant=acme, now=MORNING) == 2
    tasks = ActivityTask.objects.order_by("due_at")
    assert [task.title for task in tasks] == ["Birthday of Ben on 16 Jun", "Birthday of Mali on 22 Jun"]
    assert {task.owner_id for task in tasks} == {world.bob.memberships.get().pk}
    assert tasks[1].due_at == datetime(2026, 6, 22, 9, tzinfo=ZoneInfo("Asia/Bangkok"))
    assert AuditEntry.objects.filter(verb="task.create").count() == 2
    assert mail_digests(tenant=acme, now=MORNING) == 1
    assert mail.outbox[0].to == ["bob@example.com"]
    assert "Mali" in mail.outbox[0].body
    assert "Ben (Child, Mali)" in mail.outbox[0].body


@pytest.mark.conforms("R104")
def test_running_twice_reminds_once_and_missed_days_are_made_up_for(acme: Tenant, world: World) -> None:
    for day in range(16, 26):
        owned(world, name=f"On {day}", date_of_birth=date(1990, 6, day))
    assert remind(tenant=acme, now=MORNING) == 7
    assert remind(tenant=acme, now=MORNING + timedelta(hours=1)) == 0
    assert mail_digests(tenant=acme, now=MORNING) == 1
    assert mail_digests(tenant=acme, now=MORNING) == 0
    # Two days without a worker: the third makes up for them.
    assert remind(tenant=acme, now=MORNING + timedelta(days=3)) == 3
    assert OccasionReminder.objects.count() == ActivityTask.objects.count() == 10


def test_before_the_tenants_morning_nobody_is_woken(acme: Tenant, world: World) -> None:
    owned(world, date_of_birth=date(1990, 6, 16))
    assert remind(tenant=acme, now=datetime(2026, 6, 14, 23, 59, tzinfo=UTC)) == 0


def test_a_mail_that_fails_is_tried_again(
    acme: Tenant, world: World, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    owned(world, date_of_birth=date(1990, 6, 16))
    remind(tenant=acme, now=MORNING)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_PORT = 9  # type: ignore[attr-defined]  # nobody listens there
    with pytest.raises(OSError, match="refused"):
        mail_digests(tenant=acme, now=MORNING)
    assert OccasionReminder.objects.get().mailed_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    assert mail_digests(tenant=acme, now=MORNING) == 1


def test_one_mail_that_fails_does_not_keep_the_others_from_theirs(
    acme: Tenant, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    members = [world.bob.memberships.get(), world.alice.memberships.get(tenant=acme)]
    for member in members:
        OwnershipFactory(profile=ProfileFactory(date_of_birth=date(1990, 6, 16)), owner=member)
    remind(tenant=acme, now=MORNING)
    first = Membership.objects.filter(tenant=acme, pk__in=[one.pk for one in members]).first()
    assert first is not None
    usual = mail.EmailMessage.send

    def send(message: mail.EmailMessage) -> int:
        if message.to == [first.user.email]:
            raise ValueError("no such address")
        return usual(message)

    with monkeypatch.context() as patch:
        patch.setattr(mail.EmailMessage, "send", send)
        with pytest.raises(ValueError, match="no such address"):
            mail_digests(tenant=acme, now=MORNING)
    assert len(mail.outbox) == 1
    waiting = OccasionReminder.objects.get(mailed_at=None)
    assert waiting.claimed_at is None
    assert mail_digests(tenant=acme, now=MORNING) == 1
    assert mail.outbox[1].to == [first.user.email]


def test_what_a_worker_that_died_had_claimed_goes_out_later_once(acme: Tenant, world: World) -> None:
    owned(world, date_of_birth=date(1990, 6, 16))
    remind(tenant=acme, now=MORNING)
    OccasionReminder.objects.update(claimed_at=MORNING)
    assert mail_digests(tenant=acme, now=MORNING + timedelta(minutes=9)) == 0
    assert mail_digests(tenant=acme, now=MORNING + timedelta(minutes=10)) == 1
    assert mail_digests(tenant=acme, now=MORNING + timedelta(minutes=30)) == 0


def test_a_worker_that_dies_after_sending_leaves_a_second_mail_that_is_known_by_its_id(
    acme: Tenant, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    owned(world, name="Mali", date_of_birth=date(1990, 6, 16))
    owned(world, name="Ben", date_of_birth=date(1990, 6, 17))
    remind(tenant=acme, now=MORNING)
    usual = mail.EmailMessage.send

    def send_and_die(message: mail.EmailMessage) -> int:
        usual(message)
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(mail.EmailMessage, "send", send_and_die)
        with pytest.raises(SystemExit):
            mail_digests(tenant=acme, now=MORNING)
    assert not OccasionReminder.objects.filter(mailed_at__isnull=False).exists()
    assert mail_digests(tenant=acme, now=MORNING + timedelta(minutes=10)) == 1
    assert mail_digests(tenant=acme, now=MORNING + timedelta(minutes=30)) == 0
    first, second = (message.message() for message in mail.outbox)
    assert first["Message-ID"] == second["Message-ID"]
    owned(world, name="Nid", date_of_birth=date(1990, 6, 18))
    remind(tenant=acme, now=MORNING + timedelta(hours=1))
    mail_digests(tenant=acme, now=MORNING + timedelta(hours=1))
    assert mail.outbox[2].message()["Message-ID"] != first["Message-ID"]


@pytest.mark.parametrize("agents", [("", "bob"), ("bob", ""), ("bob", "alice"), ("bob", "bob")])
def test_the_agent_of_either_is_reminded_of_a_couples_day(
    acme: Tenant, world: World, agents: tuple[str, str]
) -> None:
    day = date(2015, 6, 16)
    couple = [ProfileFactory(name=name, anniversary_date=day) for name in "AB"]
    FamilyMemberFactory(profile=couple[1], relative=couple[0], name="A")
    for profile, agent in zip(couple, agents, strict=True):
        if agent:
            owner = getattr(world, agent).memberships.get(tenant=acme)
            OwnershipFactory(profile=profile, owner=owner)
    expected = {getattr(world, one).memberships.get(tenant=acme).pk for one in agents if one}
    assert remind(tenant=acme, now=MORNING) == len(expected)
    assert remind(tenant=acme, now=MORNING) == 0
    tasks = list(ActivityTask.objects.all())
    assert len(tasks) == len(expected)
    assert {task.owner_id for task in tasks} == expected
    assert {task.title for task in tasks} == {"Anniversary of A & B on 16 Jun"}
    assert mail_digests(tenant=acme, now=MORNING) == len(expected)


def test_an_agent_who_takes_over_the_other_half_is_not_reminded_again(acme: Tenant, world: World) -> None:
    day = date(2015, 6, 16)
    one = ProfileFactory(name="A", anniversary_date=day)
    other = owned(world, name="B", anniversary_date=day)
    FamilyMemberFactory(profile=other, relative=one, name="A")
    assert remind(tenant=acme, now=MORNING) == 1
    OwnershipFactory(profile=one, owner=world.bob.memberships.get())
    assert remind(tenant=acme, now=MORNING) == 0


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_reminds(tmp_path: Path) -> None:
    world = make_world()
    # A zone where it is noon now.
    ahead = (12 - timezone.now().hour + 12) % 24 - 12
    Tenant.objects.filter(pk=world.acme.pk).update(time_zone=f"Etc/GMT{-ahead:+d}" if ahead else "UTC")
    here = timezone.now() + timedelta(hours=ahead)
    with tenant_context(world.acme):
        profile = ProfileFactory(partial_birth_date=f"--{here:%m-%d}")
        OwnershipFactory(profile=profile, owner=Membership.objects.get(tenant=world.acme, user=world.bob))
        with working(tmp_path / "worker.log"):
            remind_occasions_of_tenant.delay(str(world.acme.pk))
            wait_for(
                lambda: OccasionReminder.objects.filter(mailed_at__isnull=False).exists(),
                tmp_path / "worker.log",
            )
        assert ActivityTask.objects.get().profile_id == profile.pk
