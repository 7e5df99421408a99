"""Made-up customers in the database: complete, repeatable, in one tenant only."""

from __future__ import annotations

import io
import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.db.models import F, Max, Sum

from cdp.models import AuditEntry, Tenant
from cdp.tenancy.context import tenant_context
from profiles.choices import ContactKind
from profiles.demo import load
from profiles.demo.staging import Staging, UnfilledField
from profiles.demo.stream import Stream
from profiles.models import (
    ContactPoint,
    CustomerEvent,
    Profile,
    ProfileIdentifier,
    ProfileTag,
    ProfileTally,
    SegmentMembership,
    Tag,
)
from profiles.models.tag import DEFAULT_COLOR
from tests.factories.profiles import ProfileFactory, ProfileIdentifierFactory
from tests.world import World

UNTIL = datetime(2026, 6, 15, 9, 30, tzinfo=UTC)


def make(*args: str) -> str:
    out = io.StringIO()
    call_command("make_customers", *args, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_customers_come_with_all_that_belongs_to_them(acme: Tenant) -> None:
    assert load(acme, 400, 5, until=UNTIL, batch=150) == 400
    profiles = Profile.objects.all()
    assert profiles.count() == 400
    for kind, column in ((ContactKind.EMAIL, "email"), (ContactKind.PHONE, "phone")):
        primary = ContactPoint.objects.filter(kind=kind, value=F(f"profile__{column}"))
        assert primary.count() == profiles.exclude(**{column: ""}).count() > 100
    assert ProfileIdentifier.objects.count() > 300
    assert ProfileTag.objects.count() > 80
    assert SegmentMembership.objects.filter(segment__name="Business customers").count() == (
        profiles.filter(type="COMPANY").count()
    )
    assert CustomerEvent.objects.count() == 0
    assert ProfileTally.objects.aggregate(n=Sum("delta"))["n"] == 400


def test_ids_sort_as_the_customers_came_in(acme: Tenant) -> None:
    load(acme, 200, until=UNTIL)
    by_id = list(Profile.objects.order_by("id").values_list("created_at", flat=True))
    assert by_id == sorted(by_id)


def test_every_customer_keeps_the_truth_about_who_it_is(acme: Tenant) -> None:
    load(acme, 300, until=UNTIL)
    truths = [row["demo"] for row in Profile.objects.values_list("metadata", flat=True)]
    assert sorted(truth["record"] for truth in truths) == list(range(1, 301))
    people = {truth["person"] for truth in truths}
    assert 0.05 < 1 - len(people) / 300 < 0.2
    assert any("household" in truth for truth in truths)


def test_a_second_run_adds_others_and_clashes_with_nothing(acme: Tenant) -> None:
    load(acme, 300, 1, until=UNTIL)
    load(acme, 300, 1, until=UNTIL)
    assert Profile.objects.count() == 600
    halves: dict[bool, set[str]] = {True: set(), False: set()}
    for metadata, email in Profile.objects.exclude(email="").values_list("metadata", "email"):
        halves[metadata["demo"]["record"] <= 300].add(email)
    assert halves[True] & halves[False] == set()
    numbers = Profile.objects.values_list("metadata__demo__record", flat=True)
    assert sorted(numbers) == list(range(1, 601))
    assert Tag.objects.filter(name="VIP").count() == 1


def test_member_ids_go_on_where_the_tenant_s_own_end(acme: Tenant) -> None:
    ProfileFactory(member_id="MEM-2026-0040")
    load(acme, 300, until=UNTIL)
    made = Profile.objects.filter(member_id__startswith="MEM-2026-", metadata__has_key="demo")
    ids = sorted(filter(None, made.values_list("member_id", flat=True)))
    assert ids[0] == "MEM-2026-0041"


def test_another_tenant_sees_nothing_of_it(world: World) -> None:
    load(world.acme, 50)
    with tenant_context(world.zenith):
        assert Profile.objects.count() == 0
        assert Tag.objects.count() == 0
    load(world.zenith, 50)
    with tenant_context(world.acme):
        assert Profile.objects.count() == 50


def test_a_batch_that_fails_leaves_nothing_behind(acme: Tenant) -> None:
    coming = Stream(200, region=acme.region, seed=5, until=UNTIL)
    clash = [known for record in coming for known in record.external_ids if record.number > 100][0]
    ProfileIdentifierFactory(
        source=clash.source, source_type=clash.source_type, external_id=clash.external_id
    )
    with pytest.raises(IntegrityError):
        load(acme, 200, 5, until=UNTIL, batch=100)
    assert Profile.objects.count() == 1 + 100
    assert AuditEntry.objects.filter(verb="customers.make").count() == 1


def test_a_run_is_in_the_audit_trail(acme: Tenant) -> None:
    load(acme, 30, until=UNTIL)
    entry = AuditEntry.objects.get(verb="customers.make")
    assert (entry.actor_label, entry.changes) == ("make_customers", {"customers": [None, 30]})


def test_events_tell_a_believable_story(acme: Tenant) -> None:
    load(acme, 400, until=UNTIL, events_per_customer=6)
    events = CustomerEvent.objects.count()
    assert 4 <= events / 400 <= 8
    assert not CustomerEvent.objects.filter(timestamp__lt=F("profile__created_at")).exists()
    last = Profile.objects.annotate(last=Max("events__timestamp")).exclude(last=None)
    assert not last.exclude(last=F("last_activity_at")).exists()
    buyers = Profile.objects.filter(events__type="purchase").values("lifecycle_stage").distinct()
    assert {row["lifecycle_stage"] for row in buyers}.isdisjoint({"SUBSCRIBER", "lead", "prospect"})
    for purchase in CustomerEvent.objects.filter(type="purchase")[:50]:
        items = purchase.payload["items"]
        assert purchase.payload["currency"] == acme.currency
        assert purchase.payload["amount"] == pytest.approx(sum(i["price"] * i["quantity"] for i in items))
    orders = CustomerEvent.objects.filter(type="purchase").values_list("payload__orderId", flat=True)
    assert len(set(orders)) == len(orders)


def test_fields_nobody_mentions_get_their_defaults(acme: Tenant) -> None:
    Staging(Tag, ("id", "name")).insert([(uuid.uuid4(), "Plain")])
    tag = Tag.objects.get(name="Plain")
    assert (tag.color, tag.created_by, tag.tenant_id) == (DEFAULT_COLOR, "", acme.pk)
    assert tag.created_at is not None


def test_a_field_that_must_be_filled_is_named(acme: Tenant) -> None:
    with pytest.raises(UnfilledField, match=r"ProfileIdentifier\.source"):
        Staging(ProfileIdentifier, ("id", "profile")).insert([])


def test_the_command_says_what_it_did(world: World) -> None:
    assert "25 customers for acme" in make("25", "--tenant", "acme")
    with tenant_context(world.acme):
        assert Profile.objects.count() == 25


def test_progress_is_shown_without_a_terminal(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr("profiles.management.commands.make_customers.SILENCE_SECONDS", 0.0)
    err = io.StringIO()
    call_command("make_customers", "20", "--tenant", "acme", stdout=io.StringIO(), stderr=err)
    assert "20 of 20" in err.getvalue()
    assert "\r" not in err.getvalue()


def test_an_unknown_tenant_is_answered_with_the_known_ones(world: World) -> None:
    with pytest.raises(CommandError, match=r"no tenant 'nowhere'\. Tenants: acme, zenith\."):
        make("5", "--tenant", "nowhere")


@pytest.mark.parametrize(
    "arguments", [("0",), ("-3",), ("60000000",), ("many",), ("5", "--events-per-customer", "-1")]
)
def test_impossible_numbers_are_refused(world: World, arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        make("--tenant", "acme", "--", *arguments) if len(arguments) == 1 else make(
            "--tenant=acme", *arguments
        )
    with tenant_context(world.acme):
        assert Profile.objects.count() == 0
