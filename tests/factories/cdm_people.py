"""Factories of families, talk, behaviour and deals."""

from __future__ import annotations

from collections.abc import Callable

import factory
from factory.django import DjangoModelFactory

from cdm.models import (
    ActivityTask,
    BehaviourEvent,
    Billing,
    Deal,
    DropOff,
    FamilyMember,
    Interaction,
    Ownership,
    Quotation,
)
from tests.factories.profiles import ProfileFactory


class _FamilyMember(DjangoModelFactory[FamilyMember]):
    class Meta:
        model = FamilyMember

    profile = factory.LazyFunction(ProfileFactory)
    name = factory.Sequence(lambda n: f"Malee Family{n}")
    relationship = "spouse"


class _Interaction(DjangoModelFactory[Interaction]):
    class Meta:
        model = Interaction

    profile = factory.LazyFunction(ProfileFactory)
    type = "call"
    subject = "Asked about the delivery"


class _BehaviourEvent(DjangoModelFactory[BehaviourEvent]):
    class Meta:
        model = BehaviourEvent

    profile = factory.LazyFunction(ProfileFactory)
    type = "product_view"
    product_ref = factory.Sequence(lambda n: f"SKU-{n}")


class _DropOff(DjangoModelFactory[DropOff]):
    class Meta:
        model = DropOff

    profile = factory.LazyFunction(ProfileFactory)
    stage = "checkout_initiated"
    cart_value = 5500


class _Deal(DjangoModelFactory[Deal]):
    class Meta:
        model = Deal

    profile = factory.LazyFunction(ProfileFactory)
    title = factory.Sequence(lambda n: f"Office chairs {n}")
    amount = 12000
    currency = "THB"


class _ActivityTask(DjangoModelFactory[ActivityTask]):
    class Meta:
        model = ActivityTask

    profile = factory.LazyFunction(ProfileFactory)
    title = "Call back"
    kind = "call"


class _Quotation(DjangoModelFactory[Quotation]):
    class Meta:
        model = Quotation

    profile = factory.LazyFunction(ProfileFactory)
    number = factory.Sequence(lambda n: f"QT-{n:05d}")
    currency = "THB"


class _Billing(DjangoModelFactory[Billing]):
    class Meta:
        model = Billing

    profile = factory.LazyFunction(ProfileFactory)
    number = factory.Sequence(lambda n: f"INV-{n:05d}")
    currency = "THB"


class _Ownership(DjangoModelFactory[Ownership]):
    class Meta:
        model = Ownership

    profile = factory.LazyFunction(ProfileFactory)


# Typed as functions: type checkers do not see that calling a factory class makes a row.
FamilyMemberFactory: Callable[..., FamilyMember] = _FamilyMember.create
InteractionFactory: Callable[..., Interaction] = _Interaction.create
BehaviourEventFactory: Callable[..., BehaviourEvent] = _BehaviourEvent.create
DropOffFactory: Callable[..., DropOff] = _DropOff.create
DealFactory: Callable[..., Deal] = _Deal.create
ActivityTaskFactory: Callable[..., ActivityTask] = _ActivityTask.create
QuotationFactory: Callable[..., Quotation] = _Quotation.create
BillingFactory: Callable[..., Billing] = _Billing.create
OwnershipFactory: Callable[..., Ownership] = _Ownership.create
