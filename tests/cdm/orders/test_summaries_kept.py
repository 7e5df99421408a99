"""What the verbs add up in summaries, and what they leave as it was counted."""

from __future__ import annotations

from decimal import Decimal

from cdm.models import CustomerSummary
from cdm.operations.attach_orders import attach_orders
from cdm.operations.open_deal import open_deal
from cdm.records.pipeline import DealRecord
from cdp.models import AuditEntry, Tenant
from tests.factories.cdm_orders import OrderFactory
from tests.factories.profiles import ProfileFactory, ProfileIdentifierFactory
from tests.world import World


def test_amounts_in_another_currency_are_not_added_to_the_companys_own(world: World, acme: Tenant) -> None:
    profile = ProfileFactory()
    for currency, amount in (("USD", 100), ("", 700)):
        record = DealRecord.parse({"title": "Chairs", "amount": amount, "currency": currency}, tenant=acme)
        open_deal(tenant=acme, by=world.by, profile_id=profile.pk, record=record)
    kept = CustomerSummary.objects.get(profile=profile)
    assert (kept.open_deals, kept.open_deal_value) == (2, Decimal(700))


def test_an_order_that_finds_its_customer_says_so_in_the_audit_trail(acme: Tenant) -> None:
    waiting = OrderFactory(profile=None, customer_ref="E7", source="ERP")
    profile = ProfileIdentifierFactory(source="ERP", external_id="E7").profile
    assert attach_orders(tenant=acme, profile_ids=[profile.pk]) == 1
    told = AuditEntry.objects.get(verb="order.attach", object_id=waiting.pk)
    assert told.changes == {"profile_id": [None, str(profile.pk)]}
