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
    assert [task.title for task in tasks] == ["Birthday of Ben on June 16", "Birthday of Mali on June 22"]
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
