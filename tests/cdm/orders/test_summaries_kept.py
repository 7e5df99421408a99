"""What the verbs add up in summaries, and what they leave as it was counted."""

from __future__ import annotations

from decimal import Decimal

from cdm.choices import BehaviourType
from cdm.models import BehaviourEvent, CustomerSummary
from cdm.operations.attach_orders import attach_orders
from cdm.operations.log_interaction import log_interaction
from cdm.operations.open_deal import open_deal
from cdm.operations.record_behaviour import record_behaviour
from cdm.records.behaviour import BehaviourRecord
from cdm.records.interaction import InteractionRecord
from cdm.records.pipeline import DealRecord
from cdm.summaries.rebuild import rebuild
from cdp.models import AuditEntry, Tenant
from profiles.models import Profile
from tests.factories.cdm_orders import OrderFactory
from tests.factories.profiles import ProfileFactory, ProfileIdentifierFactory
from tests.world import World


def summary_of(profile: Profile) -> CustomerSummary:
    return CustomerSummary.objects.get(profile=profile)


def test_amounts_in_another_currency_are_not_added_to_the_companys_own(world: World, acme: Tenant) -> None:
    profile = ProfileFactory()
    for currency, amount in (("USD", 100), ("", 700)):
        record = DealRecord.parse({"title": "Chairs", "amount": amount, "currency": currency}, tenant=acme)
        open_deal(tenant=acme, by=world.by, profile_id=profile.pk, record=record)
    kept = summary_of(profile)
    assert (kept.open_deals, kept.open_deal_value) == (2, Decimal(700))


def test_an_order_that_finds_its_customer_says_so_in_the_audit_trail(acme: Tenant) -> None:
    waiting = OrderFactory(profile=None, customer_ref="E7", source="ERP")
    profile = ProfileIdentifierFactory(source="ERP", external_id="E7").profile
    assert attach_orders(tenant=acme, profile_ids=[profile.pk]) == 1
    told = AuditEntry.objects.get(verb="order.attach", object_id=waiting.pk)
    assert told.changes == {"profile_id": [None, str(profile.pk)]}


def test_what_was_done_in_the_shop_is_counted_by_those_verbs_alone_that_change_it(
    world: World, acme: Tenant
) -> None:
    """Others keep the count, so that a call costs the same after ten visits and after a million."""
    profile = ProfileFactory()
    seen = [BehaviourEvent(profile=profile, type=BehaviourType.PRODUCT_VIEW, product_ref=ref) for ref in "AB"]
    BehaviourEvent.objects.bulk_create(seen)
    call = InteractionRecord.parse({"interaction_type": "call"}, tenant=acme)
    log_interaction(tenant=acme, by=world.by, profile_id=profile.pk, record=call)
    kept = summary_of(profile)
    assert (kept.behaviours, kept.products_viewed, kept.interactions) == (2, 2, 1), "a first summary counts"
    assert kept.lifecycle_stage == "prospect"
    BehaviourEvent.objects.create(profile=profile, type=BehaviourType.SEARCH)
    log_interaction(tenant=acme, by=world.by, profile_id=profile.pk, record=call)
    kept = summary_of(profile)
    assert (kept.behaviours, kept.interactions) == (2, 2), "the history was read"
    search = BehaviourRecord.parse({"behavior_type": "search"}, tenant=acme)
    record_behaviour(tenant=acme, by=world.by, records=[(profile.pk, search)])
    assert (summary_of(profile).behaviours, summary_of(profile).searches) == (4, 2)
    before = CustomerSummary.objects.filter(profile=profile).values().get()
    rebuild(acme)
    assert CustomerSummary.objects.filter(profile=profile).values().get() == before
