"""System checks catch a model or relation that leads around the walls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import isolate_apps

from cdp.models import Tenant, User
from cdp.tenancy.checks import check_model, check_walls
from cdp.tenancy.expected import expected
from cdp.tenancy.global_tables import GLOBAL_MODELS, GLOBAL_TABLES
from cdp.tenancy.models import TenantForeignKey, TenantModel
from profiles.models import Profile


def found(model: type[models.Model]) -> list[str]:
    """Return the codes of what is wrong with a model."""
    return sorted(str(message.id) for message in check_model(model))


@pytest.fixture(autouse=True)
def _models_of_this_test_are_forgotten() -> Iterator[None]:
    with isolate_apps():
        yield


def test_the_product_has_no_fault() -> None:
    assert check_walls(None) == []


def test_a_model_without_a_tenant_must_be_on_the_list() -> None:
    class Loose(models.Model):
        class Meta:
            app_label = "cdp"

    assert found(Loose) == ["cdp.E003"]


def test_a_tenant_model_needs_nothing_but_its_base() -> None:
    class Sound(TenantModel):
        profile = TenantForeignKey(Profile, models.CASCADE, related_name="+")
        user = models.ForeignKey(User, models.PROTECT, related_name="+")

        class Meta(TenantModel.Meta):
            app_label = "cdp"

    assert found(Sound) == []


def test_a_tenant_model_on_the_list_of_global_tables_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Both(TenantModel):
        class Meta(TenantModel.Meta):
            app_label = "cdp"

    monkeypatch.setitem(GLOBAL_MODELS, "cdp.Both", "undecided")
    assert found(Both) == ["cdp.E004"]


def test_a_plain_key_to_a_tenants_row_is_refused() -> None:
    class Plain(TenantModel):
        profile = models.ForeignKey(Profile, models.CASCADE, related_name="+")

        class Meta(TenantModel.Meta):
            app_label = "cdp"

    assert found(Plain) == ["cdp.E001"]


def test_a_table_of_its_own_for_a_subclass_is_refused() -> None:
    class Special(Profile):
        class Meta(Profile.Meta):
            app_label = "cdp"
            indexes: ClassVar = []
            constraints: ClassVar = []

    assert "cdp.E001" in found(Special)


def test_an_automatic_table_between_tenants_rows_is_refused() -> None:
    class Many(TenantModel):
        profiles = models.ManyToManyField(Profile, related_name="+")

        class Meta(TenantModel.Meta):
            app_label = "cdp"

    assert "cdp.E002" in found(Many)


def test_a_manager_that_shows_every_tenant_is_refused() -> None:
    class Forgetful(TenantModel):
        class Meta:
            app_label = "cdp"

    class Replaced(TenantModel):
        objects = models.Manager()  # type: ignore[assignment]

        class Meta(TenantModel.Meta):
            app_label = "cdp"

    # Django takes the base manager from the parent, even where Meta does not.
    assert found(Forgetful) == []
    assert found(Replaced) == ["cdp.E005", "cdp.E005"]


def test_a_global_table_must_not_lead_to_a_tenants_row(monkeypatch: pytest.MonkeyPatch) -> None:
    class Bridge(models.Model):
        profile = models.ForeignKey(Profile, models.CASCADE, related_name="+")

        class Meta:
            app_label = "cdp"

    monkeypatch.setitem(GLOBAL_MODELS, "cdp.Bridge", "a test")
    assert found(Bridge) == ["cdp.E006"]


def test_a_composite_key_needs_a_tenants_row_and_its_primary_key() -> None:
    class Wrong(TenantModel):
        owner = TenantForeignKey(Tenant, models.CASCADE, related_name="+")
        profile = TenantForeignKey(Profile, models.CASCADE, to_field="member_id", related_name="+")

        class Meta(TenantModel.Meta):
            app_label = "cdp"

    assert found(Wrong) == ["cdp.E007", "cdp.E008"]


def test_the_list_of_global_tables_holds_no_model_that_is_gone() -> None:
    assert set(GLOBAL_MODELS) <= {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert all(GLOBAL_MODELS.values())


@pytest.mark.django_db
def test_every_table_of_the_database_is_a_tenants_or_on_the_list() -> None:
    models_there_are = apps.get_models(include_auto_created=True)
    known = {model._meta.db_table for model in models_there_are if model._meta.label in GLOBAL_MODELS}
    with connection.cursor() as cursor:
        tables = {info.name for info in connection.introspection.get_table_list(cursor) if info.type == "t"}
    assert tables - known - expected().tables - set(GLOBAL_TABLES) == set()
