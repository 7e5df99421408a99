"""Factories of customers."""

from __future__ import annotations

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


class ProfileFactory(DjangoModelFactory[Profile]):
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


class ProfileIdentifierFactory(DjangoModelFactory[ProfileIdentifier]):
    class Meta:
        model = ProfileIdentifier

    profile = factory.SubFactory(ProfileFactory)
    source = Source.ERP
    source_type = "CUSTOMER"
    external_id = factory.Sequence(lambda n: f"ERP{n:05d}")


class CustomerEventFactory(DjangoModelFactory[CustomerEvent]):
    class Meta:
        model = CustomerEvent

    profile = factory.SubFactory(ProfileFactory)
    type = "page_view"


class TagFactory(DjangoModelFactory[Tag]):
    class Meta:
        model = Tag

    name = factory.Sequence(lambda n: f"Tag {n}")


class ProfileTagFactory(DjangoModelFactory[ProfileTag]):
    class Meta:
        model = ProfileTag

    profile = factory.SubFactory(ProfileFactory)
    tag = factory.SubFactory(TagFactory)


class SegmentFactory(DjangoModelFactory[Segment]):
    class Meta:
        model = Segment

    name = factory.Sequence(lambda n: f"Segment {n}")


class SegmentMembershipFactory(DjangoModelFactory[SegmentMembership]):
    class Meta:
        model = SegmentMembership

    profile = factory.SubFactory(ProfileFactory)
    segment = factory.SubFactory(SegmentFactory)
