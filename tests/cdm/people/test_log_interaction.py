"""Logging, correcting and removing talks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from cdm.errors import RowNotFound, StillThere
from cdm.models import ActivityTask, CustomerSummary, Interaction
from cdm.operations.change_interaction import delete_interaction, restore_interaction, update_interaction
from cdm.operations.create_task import complete_task, reopen_task
from cdm.operations.log_interaction import log_interaction
from cdm.records.base import Said
from cdm.records.behaviour import BehaviourRecord, DropOffRecord
from cdm.records.interaction import InteractionChange, InteractionRecord
from cdp.errors import Invalid
from cdp.models import AuditEntry, Tenant
from profiles.models import CustomerEvent, Profile
from tests.factories.profiles import ProfileFactory
from tests.world import World


def record(tenant: Tenant, **values: object) -> InteractionRecord:
    return InteractionRecord.parse({"interaction_type": "call", **values}, tenant=tenant)


@pytest.mark.conforms("R92")
@pytest.mark.parametrize(
    "kind", ["call", "whatsapp", "line", "sms", "email", "facebook", "instagram", "meeting"]
)
def test_every_way_of_talking_is_kept_with_everything_said(acme: Tenant, world: World, kind: str) -> None:
    profile = ProfileFactory()
    said = {
        "interactionType": kind,
        "interaction_direction": "inbound",
        "subject": "Follow-up on recent order",
        "description": "Happy with it\nwants accessories",
        "outcome": "Interested",
        "duration_seconds": 180,
        "was_answered": True,
    }
    row = log_interaction(
        tenant=acme, by=world.by, profile_id=profile.pk, record=InteractionRecord.parse(said, tenant=acme)
    )
    stored = Interaction.objects.get(pk=row.pk)
    assert (stored.type, stored.direction, stored.outcome) == (kind, "inbound", "Interested")
    assert stored.duration_seconds == 180
    assert stored.was_answered is True
    assert stored.agent is not None
    assert stored.agent.user_id == world.alice.pk
    assert AuditEntry.objects.filter(verb="interaction.log", object_id=row.pk).count() == 1


@pytest.mark.conforms("R93")
def test_a_talk_warms_the_customer_and_counts(acme: Tenant, world: World) -> None:
    profile = ProfileFactory()
    log_interaction(tenant=acme, by=world.by, profile_id=profile.pk, record=record(acme))
    summary = CustomerSummary.objects.get(profile=profile)
    assert (summary.interactions, summary.calls, summary.temperature) == (1, 1, "hot")
    assert Profile.objects.get(pk=profile.pk).last_activity_at is not None
    changed = CustomerEvent.objects.filter(profile=profile, type="temperature_changed")
    assert changed.get().payload["to"] == "hot"


@pytest.mark.conforms("R78")
def test_a_follow_up_becomes_one_task_that_moves_along_and_closes_it(acme: Tenant, world: World) -> None:
    profile = ProfileFactory()
    due = timezone.now().replace(microsecond=0) + timedelta(days=3)
    row = log_interaction(
        tenant=acme,
        by=world.by,
        profile_id=profile.pk,
        record=record(acme, subject="Price", follow_up_required=True, follow_up_at=due.isoformat()),
    )
    task = ActivityTask.objects.get(origin=f"interaction:{row.pk}")
    assert (task.due_at, task.profile_id, task.owner_id, task.kind) == (
        due,
        profile.pk,
        row.agent_id,
        "call",
    )
    later = due + timedelta(days=1)
    change = InteractionChange.parse({"followUpAt": later.isoformat()}, tenant=acme)
    update_interaction(tenant=acme, by=world.by, interaction_id=row.pk, record=change)
    assert ActivityTask.objects.get(origin=f"interaction:{row.pk}").due_at == later
    complete_task(tenant=acme, by=world.by, task_id=task.pk)
    assert Interaction.objects.get(pk=row.pk).followed_up_at is not None
    reopen_task(tenant=acme, by=world.by, task_id=task.pk)
    assert Interaction.objects.get(pk=row.pk).followed_up_at is None
    change = InteractionChange.parse({"follow_up_required": False}, tenant=acme)
    update_interaction(tenant=acme, by=world.by, interaction_id=row.pk, record=change)
    assert not ActivityTask.objects.exists()


def test_a_removed_talk_comes_back_as_it_was(acme: Tenant, world: World) -> None:
    profile = ProfileFactory()
    row = log_interaction(
        tenant=acme,
        by=world.by,
        profile_id=profile.pk,
        record=record(acme, subject="Price", follow_up_required=True, occurred_at="2026-01-02T03:04:05Z"),
    )
    delete_interaction(tenant=acme, by=world.by, interaction_id=row.pk)
    assert not Interaction.objects.exists()
    assert not ActivityTask.objects.exists()
    assert CustomerSummary.objects.get(profile=profile).interactions == 0
    restore_interaction(tenant=acme, by=world.by, interaction_id=row.pk)
    back = Interaction.objects.get(pk=row.pk)
    assert (back.subject, back.agent_id, back.follow_up_at) == ("Price", row.agent_id, row.follow_up_at)
    assert back.occurred_at == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert ActivityTask.objects.count() == 1
    assert CustomerSummary.objects.get(profile=profile).interactions == 1
    with pytest.raises(StillThere):
        restore_interaction(tenant=acme, by=world.by, interaction_id=row.pk)


def test_the_task_of_a_removed_talk_comes_back_as_somebody_had_changed_it(acme: Tenant, world: World) -> None:
    row = log_interaction(
        tenant=acme,
        by=world.by,
        profile_id=ProfileFactory().pk,
        record=record(acme, subject="Price", follow_up_required=True),
    )
    task = ActivityTask.objects.get()
    due = timezone.now().replace(microsecond=0) + timedelta(days=9)
    task.title, task.notes, task.due_at = "Send the new price list", "By post", due
    task.owner = world.alice.memberships.get(tenant=acme)
    task.save()
    delete_interaction(tenant=acme, by=world.by, interaction_id=row.pk)
    assert not ActivityTask.objects.exists()
    removed = AuditEntry.objects.get(verb="task.delete", object_id=task.pk)
    assert removed.changes["title"] == ["Send the new price list", None]
    restore_interaction(tenant=acme, by=world.by, interaction_id=row.pk)
    back = ActivityTask.objects.get()
    for name in ("pk", "title", "notes", "due_at", "owner_id", "origin", "kind", "profile_id"):
        assert getattr(back, name) == getattr(task, name), name
    assert AuditEntry.objects.filter(verb="task.restore", object_id=task.pk).exists()


def test_nobody_removes_what_is_not_there(acme: Tenant, world: World) -> None:
    with pytest.raises(RowNotFound):
        delete_interaction(tenant=acme, by=world.by, interaction_id=ProfileFactory().pk)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("interaction_type", "telepathy"),
        ("interaction_direction", "sideways"),
        ("duration_seconds", -1),
        ("duration_seconds", "180"),
        ("was_answered", "yes"),
        ("subject", "x" * 256),
        ("follow_up_at", "soon"),
        ("occurred_at", "0001-01-01T00:00:00Z"),
        ("surprise", 1),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(acme: Tenant, field: str, value: object) -> None:
    with pytest.raises(Invalid) as refused:
        record(acme, **{field: value})
    assert set(refused.value.fields) == {field}


def test_one_name_in_both_spellings_is_refused(acme: Tenant) -> None:
    with pytest.raises(Invalid) as refused:
        record(acme, durationSeconds=1, duration_seconds=2)
    assert set(refused.value.fields) == {"duration_seconds"}


@pytest.mark.parametrize("kind", [InteractionRecord, BehaviourRecord, DropOffRecord])
def test_what_happened_lies_at_most_a_day_ahead(acme: Tenant, kind: type[Said]) -> None:
    said = {
        InteractionRecord: {"interaction_type": "call"},
        BehaviourRecord: {"behavior_type": "product_view"},
        DropOffRecord: {"stage": "add_to_cart"},
    }[kind]
    soon = timezone.now() + timedelta(hours=23)
    kind.parse({**said, "occurred_at": soon.isoformat()}, tenant=acme)
    with pytest.raises(Invalid) as refused:
        kind.parse({**said, "occurred_at": (soon + timedelta(hours=2)).isoformat()}, tenant=acme)
    assert refused.value.fields == {"occurred_at": ["This is in the future."]}


def test_a_follow_up_may_be_far_ahead(acme: Tenant) -> None:
    ahead = (timezone.now() + timedelta(days=40)).isoformat()
    assert record(acme, follow_up_required=True, follow_up_at=ahead).follow_up_at is not None
