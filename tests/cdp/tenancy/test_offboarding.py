"""A company that leaves takes everything along, and nothing of anybody else."""

from __future__ import annotations

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from cdp.models import Membership, Tenant, User
from cdp.operations.delete_tenant import count_rows
from cdp.tenancy.context import tenant_context
from cdp.tenancy.expected import tenant_models
from profiles.imports.models import ImportRun
from profiles.models import Profile
from tests.architecture.sides import make_sides, state_of
from tests.factories.cdp import MembershipFactory
from tests.world import make_world

pytestmark = pytest.mark.django_db(transaction=True)


def test_deleting_a_tenant_takes_everything_of_it_and_nothing_else() -> None:
    world = make_world()
    theirs, ours = reversed(make_sides(world))
    MembershipFactory(tenant=world.zenith, user=world.bob)
    with tenant_context(world.zenith):
        run = ImportRun.objects.get()
        run.file.save("customers.csv", ContentFile(b"name\nStranger\n"))
        stored = run.file.name
    before = state_of(ours)
    counts = count_rows(world.zenith)
    assert all(counts[model._meta.db_table] for model in tenant_models())

    call_command("delete_tenant", "zenith", "--yes", stdout=io.StringIO())

    assert not Tenant.objects.filter(slug="zenith").exists()
    assert set(count_rows(world.zenith).values()) == {0}
    assert not default_storage.exists(stored or "")
    assert state_of(ours) == before
    # Charlie worked nowhere else; Bob still does.
    assert User.objects.get(pk=theirs.user.pk).is_active is False
    assert User.objects.get(pk=world.bob.pk).is_active is True
    assert Membership.objects.filter(user=world.bob).count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user::text")
        assert cursor.fetchone() == ("crm_app",)


def test_without_yes_it_only_counts() -> None:
    world = make_world()
    with tenant_context(world.acme):
        Profile.objects.create(name="Somchai")
    output = io.StringIO()
    with pytest.raises(CommandError, match="Nothing was deleted"):
        call_command("delete_tenant", "acme", stdout=output)
    assert "         1  profiles\n" in output.getvalue()
    with tenant_context(world.acme):
        assert Profile.objects.count() == 1


def test_a_company_that_does_not_exist_is_named() -> None:
    with pytest.raises(CommandError, match="no company with the short name nobody"):
        call_command("delete_tenant", "nobody", "--yes")
