"""What agents and shops know of customers, and what agents do about it: beside `people`, drawn alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from cdm.models import ActivityTask, Billing, Deal, FamilyMember, Interaction, Quotation
from cdm.operations.change_family_member import remove_family_member, update_family_member
from cdm.operations.change_interaction import delete_interaction, update_interaction
from cdm.operations.create_task import complete_task
from cdm.operations.issue_billing import pay_billing
from cdm.operations.issue_quotation import update_quotation
from cdm.operations.log_interaction import log_interaction, note_activity
from cdm.operations.open_deal import move_deal
from cdm.operations.refresh_summaries import refresh_summaries
from cdm.records.family import FamilyChange
from cdm.records.interaction import InteractionChange, InteractionRecord
from cdm.records.pipeline import DealMove, QuotationChange
from cdp.actors import Actor
from cdp.models import Membership, Tenant
from profiles.models import Profile
from tests.factories.cdm_orders import OrderFactory, OrderLineFactory
from tests.factories.cdm_people import (
    ActivityTaskFactory,
    BehaviourEventFactory,
    BillingFactory,
    DealFactory,
    DropOffFactory,
    FamilyMemberFactory,
    InteractionFactory,
    OwnershipFactory,
    QuotationFactory,
)

# Acts whose new rows stay with the survivor, who was active then.
ACTIVE = frozenset({"event", "log"})
# What the rules put on the timeline whenever they judge anew.
TOLD = ("temperature_changed", "type_changed", "lifecycle_changed")


def make_sales(tenant: Tenant, people: list[Profile]) -> None:
    """Give customers orders, talk, behaviour, deals, relatives and agents, each something else."""
    member = Membership.objects.filter(tenant=tenant).first()
    now = timezone.now()
    for number, profile in enumerate(people):
        note_activity(InteractionFactory(profile=profile, occurred_at=now - timedelta(days=number)))
        if number % 2:
            order = OrderFactory(profile=profile, ordered_at=now - timedelta(days=3))
            OrderLineFactory(order=order)
            BehaviourEventFactory(profile=profile)
            BillingFactory(profile=profile, order=order)
            DropOffFactory(profile=profile)
        if number % 3 == 0:
            deal = DealFactory(profile=profile)
            QuotationFactory(profile=profile, deal=deal)
            ActivityTaskFactory(profile=profile, deal=deal)
        if number != 1:
            FamilyMemberFactory(profile=profile)
            OwnershipFactory(profile=profile, owner=member)
    if len(people) > 1:
        FamilyMemberFactory(profile=people[1], relative=people[0])
    refresh_summaries(tenant=tenant, profile_ids=[profile.pk for profile in people], tells_first=False)


Act = Callable[[Tenant, Actor, Profile, dict[str, Any], int, Callable[[Any, int], Any]], Any]
SALES: dict[str, Act] = {
    "log": lambda t, by, p, v, n, nth: log_interaction(
        tenant=t,
        by=by,
        profile_id=p.pk,
        record=InteractionRecord.parse({"interactionType": "call", "subject": f"call {n}"}, tenant=t),
    ),
    "correct_talk": lambda t, by, p, v, n, nth: update_interaction(
        tenant=t,
        by=by,
        interaction_id=nth(Interaction.objects.filter(profile=p), n),
        record=InteractionChange.parse({"subject": f"corrected {n}", "wasAnswered": True}, tenant=t),
    ),
    "remove_talk": lambda t, by, p, v, n, nth: delete_interaction(
        tenant=t, by=by, interaction_id=nth(Interaction.objects.filter(profile=p), n)
    ),
    "lose_deal": lambda t, by, p, v, n, nth: move_deal(
        tenant=t,
        by=by,
        deal_id=nth(Deal.objects.filter(profile=p), n),
        record=DealMove.parse({"stage": "lost", "lostReason": "price"}, tenant=t),
    ),
    "quote": lambda t, by, p, v, n, nth: update_quotation(
        tenant=t,
        by=by,
        quotation_id=nth(Quotation.objects.filter(profile=p), n),
        record=QuotationChange.parse({"total": n}, tenant=t),
    ),
    "pay": lambda t, by, p, v, n, nth: pay_billing(
        tenant=t, by=by, billing_id=nth(Billing.objects.filter(profile=p), n)
    ),
    "do_task": lambda t, by, p, v, n, nth: complete_task(
        tenant=t, by=by, task_id=nth(ActivityTask.objects.filter(profile=p), n)
    ),
    "rename_relative": lambda t, by, p, v, n, nth: update_family_member(
        tenant=t,
        by=by,
        member_id=nth(FamilyMember.objects.filter(profile=p), n),
        record=FamilyChange.parse({"name": f"Aunt {n}"}, tenant=t),
    ),
    "remove_relative": lambda t, by, p, v, n, nth: remove_family_member(
        tenant=t, by=by, member_id=nth(FamilyMember.objects.filter(profile=p), n)
    ),
}
