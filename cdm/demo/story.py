"""Making the demo companies' working day, through the verbs people use."""

# ruff: noqa: PLR2004 (how often something happens to made-up people is its own name)

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from cdm.choices import BehaviourType, DealStage, DropOffStage, InteractionType, TaskKind
from cdm.demo import words
from cdm.members import member_of
from cdm.models import Interaction, Product
from cdm.operations.add_family_member import add_family_member
from cdm.operations.assign_owner import assign_owner
from cdm.operations.create_task import complete_task, create_task
from cdm.operations.log_interaction import log_interaction
from cdm.operations.open_deal import open_deal
from cdm.operations.record_behaviour import record_behaviour
from cdm.operations.record_drop_off import record_drop_off
from cdm.operations.recover_drop_off import recover_drop_off
from cdm.records.behaviour import BehaviourRecord, DropOffRecord
from cdm.records.family import FamilyRecord
from cdm.records.interaction import InteractionRecord
from cdm.records.pipeline import DealRecord, TaskRecord
from cdp.actors import Actor
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from profiles.choices import ProfileType
from profiles.models import Profile
from profiles.operations.update_profile import update_profile
from profiles.records import ProfileRecord

PEOPLE = 120


@dataclass(frozen=True)
class Story:
    """One company's people, and the chance that decides what they do: always the same."""

    tenant: Tenant
    actors: Sequence[Actor]
    customers: list[uuid.UUID]
    random: Random

    def pick(self, texts: dict[str, Any]) -> Any:
        """Return one of the texts of the company's country."""
        return self.random.choice(texts[self.region])

    @property
    def region(self) -> str:
        return self.tenant.region if self.tenant.region in words.TALKS else "TH"

    @property
    def common(self) -> dict[str, Any]:
        """Return who does it, for verbs."""
        return {"tenant": self.tenant, "by": self.random.choice(list(self.actors))}

    def ago(self, most_days: float) -> str:
        """Return a moment of the past, in words of the API."""
        return (timezone.now() - timedelta(days=self.random.uniform(0.05, most_days))).isoformat()


def tell(tenant: Tenant, people: Sequence[Actor]) -> None:
    """Fill the demo company's working day, once."""
    with tenant_context(tenant):
        if Interaction.objects.exists():
            return
        customers = Profile.objects.active().filter(type=ProfileType.INDIVIDUAL).exclude(first_name="")
        chosen = list(customers.order_by("-last_activity_at", "pk").values_list("pk", flat=True)[:PEOPLE])
        story = Story(tenant, people, chosen, Random(2026))  # noqa: S311 (made-up people)
        for part in (_owners, _persons, _families, _talks, _shopping, _drop_offs, _deals, _tasks):
            part(story)


def _owners(story: Story) -> None:
    for number, actor in enumerate(story.actors):
        member = member_of(story.tenant, actor)
        own = story.customers[number :: len(story.actors)]
        assign_owner(tenant=story.tenant, by=actor, profile_ids=own, owner_id=member.pk if member else None)


def _persons(story: Story) -> None:
    """Give people their days: some this week, some without a year, some nothing but a month."""
    today = timezone.localdate(timezone=ZoneInfo(story.tenant.time_zone))
    for number, pk in enumerate(story.customers[:60]):
        day = today + timedelta(days=number % 8 if number < 12 else story.random.randrange(365))
        year = day.year - 24 - number % 40
        born = f"{day:--%m-%d}" if number % 5 == 2 else f"{year}-{day:%m}-{min(day.day, 28):02d}"
        said: dict[str, Any] = {
            "dateOfBirth": f"--{day:%m}" if number % 17 == 9 else born,
            "profession": story.pick(words.PROFESSIONS),
            "availableTime": story.random.choice(words.AVAILABLE),
            "maritalStatus": story.random.choice(["single", "married", "married"]),
            "contactPreferences": {
                "channels": ["line", "call"] if story.region == "TH" else ["whatsapp", "call"],
                "language": "th" if story.region == "TH" else "af",
                **({"doNotCall": True} if number % 23 == 7 else {}),
            },
        }
        record = ProfileRecord.parse(said, tenant=story.tenant)
        update_profile(**story.common, profile_id=pk, record=record)


def _families(story: Story) -> None:
    today = timezone.localdate(timezone=ZoneInfo(story.tenant.time_zone))
    kinds = cycle(["spouse", "child", "spouse", "parent", "child", "sibling", "grandparent"])
    for number in range(48):
        kind = next(kinds)
        day = today + timedelta(days=number % 6 if number < 6 else story.random.randrange(365))
        age = {"child": 9, "grandparent": 78, "parent": 61}.get(kind, 37)
        said: dict[str, Any] = {
            "name": story.random.choice(words.RELATIVES[story.region][kind]),
            "relationship": kind,
            "date_of_birth": f"{day.year - age}-{day:%m}-{min(day.day, 28):02d}",
        }
        if kind == "spouse":
            said["anniversary_date"] = f"{day.year - 11}-{day:%m}-{min(day.day, 28):02d}"
        record = FamilyRecord.parse(said, tenant=story.tenant)
        add_family_member(**story.common, profile_id=story.customers[number % 30], record=record)
    linked = {"name": "", "relationship": "spouse"}
    for one, other in ((40, 41), (42, 43)):
        name = Profile.objects.get(pk=story.customers[other]).name
        said = {**linked, "name": name, "relative_id": str(story.customers[other])}
        record = FamilyRecord.parse(said, tenant=story.tenant)
        add_family_member(**story.common, profile_id=story.customers[one], record=record)


def _talks(story: Story) -> None:
    usual = ["call", "call", "call", "line" if story.region == "TH" else "whatsapp", "email", "meeting"]
    for number in range(160):
        talk = story.pick(words.TALKS)
        kind = story.random.choice(usual)
        said: dict[str, Any] = {
            "interaction_type": kind,
            "interaction_direction": "inbound" if story.random.random() < 0.35 else "outbound",
            "subject": talk.subject,
            "description": talk.notes,
            "outcome": talk.outcome,
            "occurred_at": story.ago(120 if number % 4 else 6),
        }
        if kind in {InteractionType.CALL, InteractionType.MEETING}:
            said["was_answered"] = bool(talk.outcome)
            said["duration_seconds"] = story.random.randrange(40, 900) if talk.outcome else 0
        if number % 9 == 0:
            due = timezone.now() + timedelta(days=story.random.choice([-2, -1, 0, 0, 1, 3]), hours=2)
            said |= {"follow_up_required": True, "follow_up_at": due.isoformat()}
        record = InteractionRecord.parse(said, tenant=story.tenant)
        log_interaction(**story.common, profile_id=story.random.choice(story.customers), record=record)


def _products(story: Story) -> Iterator[str]:
    known = list(Product.objects.order_by("sku").values_list("sku", flat=True)[:20])
    return cycle(story.random.sample(known, len(known)) if known else ["KNF-210", "PAN-28C", "TEA-GRN"])


def _shopping(story: Story) -> None:
    products = _products(story)
    kinds = [BehaviourType.PRODUCT_VIEW] * 6 + [BehaviourType.ADD_TO_CART, BehaviourType.WISHLIST]
    records = []
    for number in range(600):
        kind = BehaviourType.SEARCH if number % 7 == 3 else story.random.choice(kinds)
        said: dict[str, Any] = {
            "behavior_type": kind,
            "session_id": f"session-{number // 5}",
            "device_type": story.random.choice(["phone", "phone", "desktop", "tablet"]),
            "occurred_at": story.ago(90),
        }
        said |= {"query": story.pick(words.SEARCHES)} if kind == "search" else {"product_id": next(products)}
        record = BehaviourRecord.parse(said, tenant=story.tenant)
        records.append((story.customers[(number // 5) % 80], record))
    record_behaviour(**story.common, records=records)


def _drop_offs(story: Story) -> None:
    products = _products(story)
    stages = [*DropOffStage.values, DropOffStage.ADD_TO_CART, DropOffStage.CHECKOUT_INITIATED]
    large = 9000 if story.region == "TH" else 4500
    for number in range(45):
        said = {
            "stage": stages[number % len(stages)],
            "product_id": next(products),
            "cart_value": story.random.randrange(200, large),
            "reason": story.pick(words.REASONS) if number % 3 else "",
            "occurred_at": story.ago(60),
        }
        record = DropOffRecord.parse(said, tenant=story.tenant)
        customer = story.random.choice(story.customers)
        row = record_drop_off(**story.common, profile_id=customer, record=record)
        if number % 4 == 1:
            recover_drop_off(**story.common, drop_off_id=row.pk, at=row.occurred_at + timedelta(days=1))


def _deals(story: Story) -> None:
    today = timezone.localdate(timezone=ZoneInfo(story.tenant.time_zone))
    for number in range(30):
        stage = DealStage.values[number % len(DealStage.values)]
        said = {
            "title": story.pick(words.DEALS),
            "stage": stage,
            "amount": story.random.randrange(5, 200) * 500,
            "expected_on": (today + timedelta(days=story.random.randrange(-5, 60))).isoformat(),
            "lost_reason": story.pick(words.REASONS) if stage == DealStage.LOST else "",
        }
        record = DealRecord.parse(said, tenant=story.tenant)
        open_deal(
            **story.common, profile_id=story.customers[number * 3 % len(story.customers)], record=record
        )


def _tasks(story: Story) -> None:
    for number in range(36):
        due = timezone.now() + timedelta(days=(-3, -1, 0, 0, 1, 4)[number % 6], hours=1)
        said = {
            "title": story.pick(words.TASKS),
            "kind": (TaskKind.CALL, TaskKind.MESSAGE, TaskKind.TO_DO)[number % 3],
            "due_at": due.isoformat(),
        }
        record = TaskRecord.parse(said, tenant=story.tenant)
        task = create_task(**story.common, profile_id=story.random.choice(story.customers), record=record)
        if number % 8 == 5:
            complete_task(**story.common, task_id=task.pk)
