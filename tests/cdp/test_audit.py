"""The audit trail: written with the act, in its transaction, and never changed."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from cdp import audit
from cdp.actors import Actor
from cdp.choices import ActorKind
from cdp.models import AuditEntry, Tenant
from cdp.request_context import request_context
from cdp.tenancy.context import NoActiveTenant, tenant_context
from cdp.tenancy.models import LedgerError
from profiles.models import Profile, Tag
from tests.factories.profiles import ProfileFactory
from tests.world import World, make_world

JOB = Actor.system("nightly")


def test_an_entry_says_who_did_what_to_which_and_what_it_changed(world: World, acme: Tenant) -> None:
    profile = ProfileFactory()
    with request_context("request-1"):
        audit.record(
            verb="profile.update",
            obj=profile,
            by=world.by,
            changes={"name": ["A", "B"], "born": (None, date(1990, 1, 2)), "worth": [Decimal("1.50"), None]},
        )
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.object_type, entry.object_id) == (
        "profile.update",
        "profiles.profile",
        profile.pk,
    )
    assert (entry.actor_kind, entry.actor_id, entry.actor_label) == ("user", world.alice.pk, "Alice")
    assert entry.changes == {"name": ["A", "B"], "born": [None, "1990-01-02"], "worth": ["1.50", None]}
    assert (entry.request_id, entry.tenant_id) == ("request-1", acme.pk)


def test_a_job_is_named_and_has_no_id(acme: Tenant) -> None:
    audit.record(verb="tag.create", obj=Tag(name="x"), by=Actor.system("x" * 100))
    entry = AuditEntry.objects.get()
    assert (entry.actor_kind, entry.actor_id, entry.actor_label) == ("system", None, "x" * 60)


def test_many_entries_are_one_statement(
    acme: Tenant, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    tags = [Tag(name=str(n)) for n in range(500)]
    with django_assert_num_queries(1):  # type: ignore[operator]
        audit.record_many(verb="tag.create", entries=[(tag, {}) for tag in tags], by=JOB)
    assert AuditEntry.objects.count() == 500


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused() -> None:
    world = make_world()
    with tenant_context(world.acme):
        with pytest.raises(transaction.TransactionManagementError, match="own transaction"):
            audit.record(verb="tag.create", obj=Tag(name="x"), by=JOB)
        assert AuditEntry.objects.count() == 0


def test_an_act_that_is_rolled_back_leaves_no_entry(acme: Tenant) -> None:
    def fail() -> None:
        with transaction.atomic():
            audit.record(verb="tag.create", obj=Tag.objects.create(name="x"), by=JOB)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert AuditEntry.objects.count() == 0


def test_an_entry_without_a_tenant_is_refused(world: World) -> None:
    with tenant_context(world.acme):
        tag = Tag(name="x")
    with pytest.raises(NoActiveTenant):
        audit.record(verb="tag.create", obj=tag, by=JOB)


def test_an_entry_is_never_changed_or_deleted_not_even_by_our_own_code(acme: Tenant) -> None:
    audit.record(verb="tag.create", obj=Tag(name="x"), by=JOB)
    entry = AuditEntry.objects.get()
    entry.verb = "nothing"
    for act in (entry.save, entry.delete, AuditEntry.objects.all().delete):
        with pytest.raises(LedgerError, match="audit entries are never"):
            act()
    with pytest.raises(LedgerError, match="never changed"):
        AuditEntry.objects.update(verb="nothing")
    with pytest.raises(LedgerError, match="never changed"), transaction.atomic():
        AuditEntry.objects.bulk_update([entry], ["verb"])
    assert AuditEntry.objects.get().verb == "tag.create"


def test_deleting_a_customer_leaves_its_history(world: World, acme: Tenant) -> None:
    profile = ProfileFactory()
    audit.record(verb="profile.create", obj=profile, by=world.by)
    key = profile.pk
    Profile.objects.filter(pk=key).delete()
    assert AuditEntry.objects.get(object_id=key).verb == "profile.create"


def test_only_what_differs_is_kept() -> None:
    before = {"name": "A", "email": "a@example.com"}
    after = {"name": "B", "email": "a@example.com", "phone": "+66"}
    assert audit.changed_fields(before, after) == {"name": ["A", "B"], "phone": [None, "+66"]}


def test_an_actor_is_written_as_a_reference() -> None:
    key = uuid.uuid4()
    assert str(Actor(ActorKind.USER, key, "Alice")) == f"user:{key}"
    assert str(JOB) == "system:nightly"
