"""Wall 1: every way Django builds a query sees the active tenant's rows only."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.forms import ModelChoiceField
from rest_framework.serializers import PrimaryKeyRelatedField

from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from profiles.models import ContactPoint, CustomerEvent, Profile, ProfileTag, Tag
from tests.factories.profiles import CustomerEventFactory, ProfileFactory, ProfileTagFactory, TagFactory
from tests.world import World

# Built while no tenant is active, as views, forms and filters do.
AT_IMPORT: QuerySet[Profile] = Profile.objects.filter(status="ACTIVE")
FORM_FIELD: Any = ModelChoiceField(queryset=Tag.objects.all())
API_FIELD: Any = PrimaryKeyRelatedField(queryset=Tag.objects.all())


@pytest.fixture(autouse=True)
def _a_customer_on_each_side(world: World) -> None:
    for tenant, name in ((world.acme, "ours"), (world.zenith, "theirs")):
        with tenant_context(tenant):
            profile = ProfileFactory(name=name, email=f"{name}@example.com")
            ProfileTagFactory(profile=profile, tag=TagFactory(name=name))
            CustomerEventFactory(profile=profile, type=name)


def names(rows: Any) -> list[str]:
    return sorted(row.name for row in rows)


READS: dict[str, Callable[[], Any]] = {
    "all": lambda: names(Profile.objects.all()),
    "built at import": lambda: names(AT_IMPORT.all()),
    "form field": lambda: [str(label) for _, label in FORM_FIELD.choices],
    "serializer field": lambda: names(API_FIELD.get_queryset()),
    "a q object with or": lambda: names(Profile.objects.filter(Q(name="ours") | Q(name="theirs"))),
    "exclude": lambda: names(Profile.objects.exclude(name="nobody")),
    "values_list": lambda: list(Profile.objects.values_list("name", flat=True)),
    "exists in a filter": lambda: names(
        Profile.objects.filter(Exists(CustomerEvent.objects.filter(profile=OuterRef("pk"))))
    ),
    "subquery": lambda: list(
        Profile.objects.values_list(
            Subquery(ContactPoint.objects.filter(profile=OuterRef("pk"), kind="email").values("value")[:1])
        )
    ),
    "in a queryset": lambda: names(Profile.objects.filter(pk__in=CustomerEvent.objects.values("profile"))),
    "union": lambda: names(Profile.objects.filter(name="ours").union(Profile.objects.filter(name="theirs"))),
    "or of querysets": lambda: names(
        Profile.objects.filter(name="ours") | Profile.objects.filter(name="theirs")
    ),
    "annotate": lambda: list(Profile.objects.annotate(n=Count("events")).values_list("n", flat=True)),
    "aggregate": lambda: Profile.objects.aggregate(n=Count("pk"))["n"],
    "iterator": lambda: names(Profile.objects.iterator(chunk_size=1)),
    "in_bulk": lambda: names(Profile.objects.in_bulk().values()),
    "select_for_update": lambda: names(Profile.objects.select_for_update()),
    "prefetch": lambda: [
        [link.tag.name for link in row.profile_tags.all()]
        for row in Profile.objects.prefetch_related("profile_tags__tag")
    ],
    "select_related": lambda: [link.profile.name for link in ProfileTag.objects.select_related("profile")],
    "across a relation": lambda: names(
        Profile.objects.filter(profile_tags__tag__name__in=["ours", "theirs"])
    ),
    "related manager": lambda: [event.type for event in Profile.objects.get().events.all()],
    "reverse filter": lambda: Tag.objects.filter(profile_tags__isnull=False).count(),
    "pickled": lambda: names(_unpickled(Profile.objects.filter(status="ACTIVE"))),
    "default manager": lambda: names(Profile._default_manager.all()),
    "base manager": lambda: names(Profile._base_manager.all()),
    "raw": lambda: names(Profile.objects.raw("SELECT * FROM profiles")),
    "unscoped": lambda: names(Profile.unscoped.all()),
}


def _unpickled(queryset: QuerySet[Profile]) -> QuerySet[Profile]:
    clone = Profile.objects.all()
    clone.query = pickle.loads(pickle.dumps(queryset.query))  # noqa: S301 (our own bytes)
    return clone


@pytest.mark.parametrize("read", READS.values(), ids=READS.keys())
def test_a_read_sees_only_the_active_tenants_rows(world: World, read: Callable[[], Any]) -> None:
    with tenant_context(world.acme):
        found = str(read())
    with tenant_context(world.zenith):
        theirs = str(read())
    assert "theirs" not in found
    assert "ours" not in theirs
    # One row on each side, so every read finds something on both.
    assert found.replace("ours", "x") == theirs.replace("theirs", "x")
    assert "ours" in found or "1" in found


def test_one_queryset_serves_whichever_tenant_is_active(world: World) -> None:
    for tenant, name in ((world.acme, "ours"), (world.zenith, "theirs"), (world.acme, "ours")):
        with tenant_context(tenant):
            assert names(AT_IMPORT.all()) == [name]


def test_a_nested_context_gives_the_tenant_back(world: World) -> None:
    with tenant_context(world.acme):
        with tenant_context(world.zenith):
            assert names(Profile.objects.all()) == ["theirs"]
        assert names(Profile.objects.all()) == ["ours"]
        with pytest.raises(ZeroDivisionError), tenant_context(world.zenith):
            raise ZeroDivisionError
        assert names(Profile.objects.all()) == ["ours"]


def test_what_was_prefetched_stays_readable_after_the_context(acme: Tenant) -> None:
    [row] = list(Profile.objects.prefetch_related("events"))
    with tenant_context(None):
        assert [event.type for event in row.events.all()] == ["ours"]


def test_the_scoped_queryset_is_built_once_and_never_changed(acme: Tenant) -> None:
    first = str(Profile.objects.all().query)
    Profile.objects.filter(name="x").order_by("phone").using("default")
    assert str(Profile.objects.all().query) == first
