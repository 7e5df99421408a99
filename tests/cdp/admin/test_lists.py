"""Lists cost the same however long they are, and refuse what would not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cdp.admin.paginator import MOST, CappedPaginator
from cdp.models import ApiKey, AuditEntry, Membership, User
from cdp.operations.issue_api_key import issue_api_key
from cdp.tenancy.context import tenant_context
from profiles.models import ContactPoint, CustomerEvent, Profile, ProfileIdentifier, ProfileTag, Segment, Tag
from tests.cdp.admin.rows import address
from tests.factories.cdp import MembershipFactory
from tests.factories.profiles import (
    CustomerEventFactory,
    ProfileFactory,
    ProfileIdentifierFactory,
    ProfileTagFactory,
    SegmentFactory,
    TagFactory,
)
from tests.world import World

GROW: dict[type[models.Model], Callable[[World], object]] = {
    Profile: lambda world: ProfileTagFactory(),
    ProfileIdentifier: lambda world: ProfileIdentifierFactory(),
    ContactPoint: lambda world: ProfileFactory(),
    CustomerEvent: lambda world: CustomerEventFactory(),
    Tag: lambda world: TagFactory(),
    ProfileTag: lambda world: ProfileTagFactory(),
    Segment: lambda world: SegmentFactory(),
    Membership: lambda world: MembershipFactory(tenant=world.acme),
    ApiKey: lambda world: issue_api_key(tenant=world.acme, by=world.by, name="key", scopes=["profile:read"]),
    AuditEntry: lambda world: issue_api_key(
        tenant=world.acme, by=world.by, name="key", scopes=["profile:read"]
    ),
}


@pytest.mark.parametrize("model", GROW, ids=lambda model: model.__name__)
def test_a_longer_list_needs_no_more_queries(world: World, model: type[models.Model]) -> None:
    browser = world.browser(world.alice)

    def queries_with(rows: int) -> int:
        with tenant_context(world.acme):
            for _ in range(rows):
                GROW[model](world)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address(model, "changelist")).status_code == 200
        return len(captured)

    queries_with(2)  # the first request fills caches of the process
    assert queries_with(1) == queries_with(12)


def test_no_list_counts_its_whole_table(world: World) -> None:
    for model in GROW:
        with CaptureQueriesContext(connection) as captured:
            world.browser(world.alice).get(address(model, "changelist"))
        counts = [query["sql"] for query in captured if "COUNT(" in query["sql"].upper()]
        assert all("LIMIT" in sql for sql in counts), model


def test_every_list_is_bounded_and_without_facets() -> None:
    for model, model_admin in admin.site._registry.items():
        assert issubclass(model_admin.paginator, CappedPaginator), model
        assert not model_admin.show_full_result_count
        assert model_admin.show_facets is admin.ShowFacets.NEVER
        assert model_admin.date_hierarchy is None


# The people of one company, who are few; a field of raw ids would tell the name of anybody.
FEW = {Membership, User}


def test_no_form_offers_a_table_as_a_dropdown(world: World) -> None:
    request = world.browser(world.alice).get(reverse("admin:index")).wsgi_request
    for model, model_admin in admin.site._registry.items():
        lazy = {*model_admin.get_autocomplete_fields(request), *model_admin.raw_id_fields}
        shown = {name for name in (model_admin.fields or []) if isinstance(name, str)}
        relations = {
            field.name
            for field in model._meta.fields
            if field.is_relation and field.related_model not in FEW and field.name in shown
        }
        assert relations <= lazy | set(model_admin.readonly_fields), model


def test_the_number_of_customers_is_told_without_counting_them(world: World) -> None:
    with tenant_context(world.acme):
        for _ in range(3):
            ProfileFactory()
    answer = world.browser(world.alice).get(address(Profile, "changelist"))
    assert answer.context["cl"].paginator.total == 3
    assert "3 customers" in answer.content.decode()


def test_the_paginator_stops_counting_at_its_limit() -> None:
    pages = CappedPaginator(list(range(MOST + 50)), 50)
    assert (pages.count, pages.num_pages, pages.has_more) == (MOST, MOST // 50, True)
    assert not CappedPaginator([1, 2, 3], 50).has_more


@pytest.mark.parametrize(
    "query",
    ["search_text__iregex=(a%2B)%2B", "email__icontains=a", "attributes__x__y=1", "tenant__name=Zenith"],
)
def test_a_lookup_no_filter_makes_is_refused(world: World, query: str) -> None:
    assert world.browser(world.alice).get(f"{address(Profile, 'changelist')}?{query}").status_code == 400


@pytest.mark.parametrize(
    "query",
    ["p=abc", "p=99999999999999999999", "p=-1", "o=99.1.-x", "q=%27%22%3C", "tag=nope", "type__exact=nope",
     "created_at_from_0=never", "status=%F0%9F%92%A9", "_facets", "all=", "q=" + "a%20" * 500],
)  # fmt: skip
def test_nonsense_in_the_address_of_a_list_is_never_a_fault_of_ours(world: World, query: str) -> None:
    answer = world.browser(world.alice).get(f"{address(Profile, 'changelist')}?{query}")
    assert answer.status_code in {200, 302, 400}


@pytest.mark.parametrize("path", ["?q=%00", "?type__exact=%00", "?%00=1"])
def test_null_characters_are_refused(world: World, path: str) -> None:
    assert world.browser(world.alice).get(address(Profile, "changelist") + path).status_code == 400
