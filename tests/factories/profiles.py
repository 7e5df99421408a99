"""Factories of customers."""

from __future__ import annotations

from collections.abc import Callable

import factory
from factory.django import DjangoModelFactory

from profiles.choices import ContactKind, Source
from profiles.models import (
    ContactPoint,
    CustomerEvent,
    Profile,
    ProfileIdentifier,
    ProfileTag,
    Segment,
    SegmentMembership,
    Tag,
)


class _Profile(DjangoModelFactory[Profile]):
    """A customer with a primary e-mail and phone, and the contact points that go with them."""

    class Meta:
        model = Profile
        skip_postgeneration_save = True

    first_name = factory.Iterator(["Somchai", "Ayesha", "Thandi", "Mali", "Rahim", "Johan"])
    last_name = factory.Sequence(lambda n: f"Family{n}")
    name = factory.LazyAttribute(lambda o: f"{o.first_name} {o.last_name}")
    email = factory.Sequence(lambda n: f"customer{n}@example.com")
    phone = factory.Sequence(lambda n: f"+6681{n:07d}")
    primary_source = Source.MANUAL

    @factory.post_generation
    def contact_points(self: Profile, create: bool, extracted: object, **kwargs: object) -> None:
        if not create:
            return
        for kind, value in ((ContactKind.EMAIL, self.email), (ContactKind.PHONE, self.phone)):
            if value:
                ContactPoint.objects.create(profile=self, kind=kind, value=value, source=self.primary_source)


class _ProfileIdentifier(DjangoModelFactory[ProfileIdentifier]):
    class Meta:
        model = ProfileIdentifier

    profile = factory.SubFactory(_Profile)
    source = Source.ERP
    source_type = "CUSTOMER"
    external_id = factory.Sequence(lambda n: f"ERP{n:05d}")


class _CustomerEvent(DjangoModelFactory[CustomerEvent]):
    class Meta:
        model = CustomerEvent

    profile = factory.SubFactory(_Profile)
    type = "page_view"


class _Tag(DjangoModelFactory[Tag]):
    class Meta:
        model = Tag

    name = factory.Sequence(lambda n: f"Tag {n}")


class _ProfileTag(DjangoModelFactory[ProfileTag]):
    class Meta:
        model = ProfileTag

    profile = factory.SubFactory(_Profile)
    tag = factory.SubFactory(_Tag)


class _Segment(DjangoModelFactory[Segment]):
    class Meta:
        model = Segment

    name = factory.Sequence(lambda n: f"Segment {n}")


class _SegmentMembership(DjangoModelFactory[SegmentMembership]):
    class Meta:
        model = SegmentMembership

    profile = factory.SubFactory(_Profile)
    segment = factory.SubFactory(_Segment)


# Typed as functions: type checkers do not see that calling a factory class makes a row.
ProfileFactory: Callable[..., Profile] = _Profile.create
ProfileIdentifierFactory: Callable[..., ProfileIdentifier] = _ProfileIdentifier.create
CustomerEventFactory: Callable[..., CustomerEvent] = _CustomerEvent.create
TagFactory: Callable[..., Tag] = _Tag.create
ProfileTagFactory: Callable[..., ProfileTag] = _ProfileTag.create
SegmentFactory: Callable[..., Segment] = _Segment.create
SegmentMembershipFactory: Callable[..., SegmentMembership] = _SegmentMembership.create
