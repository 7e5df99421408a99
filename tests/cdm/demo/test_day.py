"""The demo companies' working day says nothing that the numbers contradict."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db.models import F, Min
from django.utils import timezone

from cdm.choices import DealStage, Direction, InteractionType, OrderKind
from cdm.demo.families import OLD_ENOUGH_TO_MARRY
from cdm.demo.story import WORDS
from cdm.demo.telling import tell
from cdm.demo.words import Talk, When
from cdm.models import (
    ActivityTask,
    BehaviourEvent,
    Billing,
    CustomerSummary,
    Deal,
    DropOff,
    FamilyMember,
    Interaction,
    Order,
    OrderLine,
    Product,
    Quotation,
)
from cdm.orders.demo import demo_orders
from cdp import demo
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from profiles.choices import ProfileStatus, ProfileType
from profiles.demo import load
from profiles.models import Profile
from tests.world import World

CUSTOMERS = 500
BUYERS = ["first_buyer", "repeat_buyer", "loyal", "VIP"]
COMPANIES = [
    (demo.TENANT_SLUG, "TH", "Asia/Bangkok", "THB"),
    (demo.SECOND_TENANT_SLUG, "ZA", "Africa/Johannesburg", "ZAR"),
]


@pytest.mark.slow
@pytest.mark.parametrize("company", COMPANIES)
def test_a_demo_company_s_day_fits_what_its_customers_did(
    world: World, company: tuple[str, str, str, str]
) -> None:
    slug, region, time_zone, currency = company
    told = {"slug": slug, "region": region, "time_zone": time_zone, "currency": currency}
    Tenant.objects.filter(pk=world.acme.pk).update(**told)
    tenant = Tenant.objects.get(pk=world.acme.pk)
    people = [world.alice.actor, world.bob.actor]
    load(tenant, CUSTOMERS, 1, events_per_customer=6)
    demo_orders(tenant, people)
    tell(tenant, people)
    with tenant_context(tenant):
        before = Interaction.objects.count()
        tell(tenant, people)
        assert Interaction.objects.count() == before > 80, "made once"
        _stages_follow_from_orders()
        _nothing_is_to_come_or_was_before_the_customer()
        _talks_fit_what_was_bought(slug)
        _whoever_must_not_be_called_was_not()
        _deals_fit_the_company(slug)
        _carts_are_worth_what_is_in_them()
        _families_are_of_fitting_ages()
        _no_parcel_is_asked_about_before_it_was_ordered(slug)


def _stages_follow_from_orders() -> None:
    summaries = CustomerSummary.objects
    assert not summaries.filter(lifecycle_stage__in=BUYERS, orders=0).exists()
    assert not summaries.filter(profile__status=ProfileStatus.INACTIVE, temperature="hot").exists()
    assert summaries.filter(lifecycle_stage="VIP").exists()
    days = Counter(Order.objects.filter(kind=OrderKind.SALE).values_list("profile_id", "ordered_at__date"))
    assert set(days.values()) == {1}, "nobody orders twice on one day"


def _nothing_is_to_come_or_was_before_the_customer() -> None:
    now = timezone.now()
    for model in (Interaction, BehaviourEvent, DropOff):
        rows = model.objects.all()
        assert rows.exists()
        assert not rows.filter(occurred_at__gt=now).exists(), model
        # Conversations are dated within working hours of their day.
        days = rows.annotate(first=Min("profile__orders__ordered_at")).filter(
            occurred_at__date__lt=F("profile__created_at__date")
        )
        assert not days.exclude(first__lte=F("occurred_at")).exists(), model
    assert not Order.objects.filter(ordered_at__gt=now).exists()
    assert not Deal.objects.filter(closed_at__gt=now).exists()


def _talks_fit_what_was_bought(slug: str) -> None:
    known: dict[str, Talk] = {talk.subject: talk for talk in WORDS[slug].talks}
    seen = set()
    for row in Interaction.objects.select_related("profile"):
        talk = known[row.subject]
        seen.add(talk.when)
        lines = OrderLine.objects.filter(order__profile=row.profile_id, order__kind=OrderKind.SALE)
        lines = lines.filter(product__sku=talk.about) if talk.about else lines
        if talk.when == When.BEFORE:
            assert lines.filter(order__ordered_at__gt=row.occurred_at).exists(), talk.subject
        if talk.when == When.AFTER:
            assert lines.filter(order__ordered_at__lt=row.occurred_at).exists(), talk.subject
        assert row.profile.membership_tier or not talk.for_members, talk.subject
    assert seen == set(When)
    told = Counter(Interaction.objects.values_list("profile", "subject"))
    assert set(told.values()) == {1}, "nobody has the same conversation twice"


def _whoever_must_not_be_called_was_not() -> None:
    quiet = Interaction.objects.filter(profile__contact_preferences__doNotCall=True)
    assert not quiet.filter(type=InteractionType.CALL, direction=Direction.OUTBOUND).exists()


def _deals_fit_the_company(slug: str) -> None:
    words, deals = WORDS[slug], Deal.objects.select_related("profile")
    titles = Counter(deals.values_list("title", flat=True))
    assert deals.count() > 15
    assert titles.most_common(1)[0][1] <= 2
    for deal in deals:
        is_company = deal.profile.type == ProfileType.COMPANY
        offers = words.offers if is_company else words.private_offers
        fitting = [
            one
            for one in offers
            for pieces in range(one.fewest, one.most + 1)
            if one.title.format(n=pieces) == deal.title and one.unit * pieces == deal.amount
        ]
        assert fitting, deal.title
        assert not fitting[0].industries or deal.profile.industry in fitting[0].industries
        assert (deal.closed_at is not None) == (deal.stage in {DealStage.WON, DealStage.LOST})
    won = deals.filter(stage=DealStage.WON)
    assert won.exists()
    assert Billing.objects.count() == won.count()
    assert not Quotation.objects.exclude(total=F("deal__amount")).exists()
    assert ActivityTask.objects.filter(deal__isnull=False).exists()


def _carts_are_worth_what_is_in_them() -> None:
    prices = dict(Product.objects.values_list("pk", "price"))
    for row in DropOff.objects.all():
        price = prices[row.product_id] if row.product_id else None
        assert price is not None
        assert row.cart_value % price == 0
        assert row.cart_value <= 3 * price


def _families_are_of_fitting_ages() -> None:
    today = timezone.now().date()
    spouses = FamilyMember.objects.filter(relationship="spouse", date_of_birth__isnull=False)
    assert spouses.exists()
    for born_on in spouses.values_list("date_of_birth", flat=True):
        assert born_on is not None
        assert (today - born_on).days / 365 >= OLD_ENOUGH_TO_MARRY
    children = Profile.objects.filter(date_of_birth__gt=today.replace(year=today.year - 17))
    assert not children.exclude(profession="").exists()


def _no_parcel_is_asked_about_before_it_was_ordered(slug: str) -> None:
    tasks = ActivityTask.objects.filter(title=WORDS[slug].after_an_order.title)
    assert tasks.exists()
    for task in tasks:
        orders = Order.objects.filter(profile=task.profile_id, kind=OrderKind.SALE)
        assert task.due_at is not None
        assert orders.latest("ordered_at").ordered_at < task.due_at
