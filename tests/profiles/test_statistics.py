"""Tallies equal counts, whatever way the customers came."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from cdp.models import Tenant
from profiles.completion import completion
from profiles.models import Profile, ProfileTally
from profiles.statistics import fold_tallies, statistics
from tests.factories.profiles import ProfileFactory, ProfileIdentifierFactory, ProfileTagFactory


@pytest.mark.conforms("R23")
def test_the_tallies_follow_every_kind_of_write(acme: Tenant) -> None:
    chance = random.Random(5)
    for _ in range(12):
        ProfileFactory(type=chance.choice(["INDIVIDUAL", "COMPANY"]))
    Profile.objects.bulk_create([Profile(name="a"), Profile(name="b", type="COMPANY", status="INACTIVE")])
    ids = list(Profile.objects.values_list("pk", flat=True))
    Profile.objects.filter(pk__in=ids[:5]).update(status="INACTIVE")
    Profile.objects.filter(pk__in=ids[:2]).update(name="renamed")
    survivor = Profile.objects.get(pk=ids[-1])
    Profile.objects.filter(pk=ids[6]).update(status="MERGED", merged_into=survivor)
    Profile.objects.filter(pk=ids[7]).delete()
    numbers = statistics()
    visible = Profile.objects.visible()
    assert numbers.total == visible.count() == 12
    assert numbers.companies == visible.filter(type="COMPANY").count()
    assert numbers.individuals == visible.filter(type="INDIVIDUAL").count()
    assert numbers.inactive == visible.filter(status="INACTIVE").count()
    assert numbers.active == visible.filter(status="ACTIVE").count()
    assert numbers.recent_created == 12


def test_folding_keeps_the_numbers_and_shortens_the_table(acme: Tenant) -> None:
    for _ in range(5):
        ProfileFactory()
    long_ago = timezone.now() - timedelta(days=400)
    Profile.objects.bulk_create([Profile(name="old"), Profile(name="older")])
    Profile.objects.filter(name="old").update(created_at=long_ago)
    Profile.objects.filter(name="older").update(created_at=long_ago - timedelta(days=9))
    Profile.objects.filter(name__contains="Family")[0].delete()
    before = statistics()
    assert fold_tallies() == 2
    assert ProfileTally.objects.count() == 2
    assert statistics() == before


@pytest.mark.conforms("R22")
def test_a_full_profile_scores_a_hundred_and_an_empty_one_nothing(acme: Tenant) -> None:
    empty = Profile.objects.create()
    assert completion(empty).score == 0
    assert {"name", "email", "phone", "address", "tags"} <= set(completion(empty).missing)
    full = ProfileFactory(
        address={"city": "Bangkok"},
        date_of_birth="1990-01-01",
        gender="female",
        company_name="Acme",
        attributes={"a": 1},
    )
    ProfileTagFactory(profile=full)
    ProfileIdentifierFactory(profile=full)
    assert completion(full).score == 90
    ProfileIdentifierFactory(profile=full)
    assert completion(full).score == 100
    assert completion(full).missing == []
