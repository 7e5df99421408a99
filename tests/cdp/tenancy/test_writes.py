"""Wall 1 and 2 against writing: nothing of another tenant changes, and nothing lands in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, transaction
from django.forms import modelform_factory

from cdp.models import Tenant
from cdp.tenancy.context import tenant_context
from profiles.models import Profile, Segment, Tag
from tests.factories.profiles import TagFactory
from tests.world import World

TagForm = modelform_factory(Tag, fields=["name", "color"])


@pytest.fixture
def theirs(world: World) -> Tag:
    with tenant_context(world.zenith):
        return TagFactory(name="theirs")


def unchanged(world: World, theirs: Tag) -> bool:
    with tenant_context(world.zenith):
        return list(Tag.objects.values_list("pk", "name")) == [(theirs.pk, "theirs")]


QUIET: dict[str, Callable[[Tag], Any]] = {
    "update": lambda tag: Tag.objects.filter(pk=tag.pk).update(name="stolen"),
    "update past wall 1": lambda tag: Tag.unscoped.filter(pk=tag.pk).update(name="stolen"),
    "bulk_update": lambda tag: Tag.objects.bulk_update([Tag(pk=tag.pk, name="stolen")], ["name"]),
    "delete": lambda tag: Tag.objects.filter(pk=tag.pk).delete()[0],
    "delete past wall 1": lambda tag: Tag.unscoped.filter(pk=tag.pk)._raw_delete("default"),
    "instance delete": lambda tag: tag.delete()[0],
    "ignored conflict": lambda tag: len(
        Tag.objects.filter(
            pk__in=[t.pk for t in Tag.objects.bulk_create([Tag(pk=tag.pk, name="x")], ignore_conflicts=True)]
        )
    ),
}
LOUD: dict[str, Callable[[Tag], Any]] = {
    "save": lambda tag: tag.save(),
    "save of a copy": lambda tag: Tag(pk=tag.pk, name="stolen").save(),
    "upsert": lambda tag: Tag.objects.bulk_create(
        [Tag(pk=tag.pk, name="stolen")], update_conflicts=True, unique_fields=["id"], update_fields=["name"]
    ),
    "into their tenant": lambda tag: Tag.objects.create(tenant_id=tag.tenant_id, name="planted"),
    "in bulk into their tenant": lambda tag: Tag.objects.bulk_create(
        [Tag(tenant_id=tag.tenant_id, name="x")]
    ),
}


@pytest.mark.parametrize("write", QUIET.values(), ids=QUIET.keys())
def test_writing_to_a_strangers_row_touches_nothing(
    world: World, theirs: Tag, write: Callable[[Tag], Any]
) -> None:
    with tenant_context(world.acme):
        assert write(theirs) == 0
    with tenant_context(world.zenith):
        assert Tag.objects.get().name == "theirs"


@pytest.mark.parametrize("write", LOUD.values(), ids=LOUD.keys())
def test_saving_a_strangers_row_is_refused_by_the_database(
    world: World, theirs: Tag, write: Callable[[Tag], Any]
) -> None:
    with (
        tenant_context(world.acme),
        pytest.raises((ProgrammingError, IntegrityError), match=r"row-level security|duplicate key"),
        transaction.atomic(),
    ):
        write(theirs)
    assert unchanged(world, theirs)


def test_moving_an_own_row_into_another_tenant_is_refused(world: World) -> None:
    with tenant_context(world.acme):
        tag = TagFactory(name="ours")
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Tag.objects.filter(pk=tag.pk).update(tenant=world.zenith)
        tag.tenant = world.zenith
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            tag.save()
        assert Tag.objects.get().tenant_id == world.acme.pk


def test_get_or_create_makes_an_own_row_beside_a_strangers(world: World, theirs: Tag) -> None:
    with tenant_context(world.acme):
        tag, is_new = Tag.objects.get_or_create(name="theirs")
        assert is_new
        assert tag.pk != theirs.pk
        assert Tag.objects.update_or_create(name="theirs", defaults={"color": "#000000"})[1] is False
    assert unchanged(world, theirs)


def test_a_name_taken_in_this_tenant_is_a_form_error(acme: Tenant) -> None:
    TagFactory(name="VIP")
    form = TagForm({"name": "VIP", "color": "#000000"})
    assert form.errors == {"__all__": ["There is already a tag with this name."]}


def test_a_name_taken_in_another_tenant_is_free(world: World, theirs: Tag) -> None:
    with tenant_context(world.acme):
        form = TagForm({"name": "theirs", "color": "#000000"})
        assert form.is_valid()
        assert form.save().tenant_id == world.acme.pk


def test_full_clean_names_the_constraint_that_is_broken(acme: Tenant) -> None:
    Segment.objects.create(name="Buyers")
    with pytest.raises(ValidationError, match="already a segment"):
        Segment(name="Buyers").full_clean()
    Profile.objects.create(name="a", member_id="7")
    with pytest.raises(ValidationError, match="already has this value"):
        Profile(name="b", member_id="7").full_clean()
