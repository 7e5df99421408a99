"""System checks: every model is behind the walls, and no relation leads around them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core import checks
from django.db import models

from cdp.tenancy.global_tables import GLOBAL_MODELS
from cdp.tenancy.models import TenantForeignKey, TenantManager, TenantModel


@checks.register(checks.Tags.models)
def check_walls(app_configs: Any, **_options: Any) -> list[checks.CheckMessage]:
    """Check every installed model."""
    found: list[checks.CheckMessage] = []
    for model in apps.get_models(include_auto_created=True):
        found += check_model(model)
    return found


def check_model(model: type[models.Model]) -> list[checks.CheckMessage]:
    """Check one model."""
    return [*_check_kind(model), *_check_relations(model)]


def is_tenant_model(model: Any) -> bool:
    """Tell whether ``model`` (a relation's target, perhaps none) belongs to a tenant."""
    return isinstance(model, type) and issubclass(model, TenantModel)


def _check_kind(model: type[models.Model]) -> Iterator[checks.CheckMessage]:
    is_global = model._meta.label in GLOBAL_MODELS
    if is_tenant_model(model) and is_global:
        yield _error("cdp.E004", model, "is a TenantModel and on the list of global tables: choose one.")
    elif is_tenant_model(model):
        yield from _check_managers(model)
    elif not (is_global or model._meta.proxy):
        yield _error("cdp.E003", model, "is neither a TenantModel nor on the list in global_tables.py.")


def _check_managers(model: type[models.Model]) -> Iterator[checks.CheckMessage]:
    for name, manager in (("default", model._default_manager), ("base", model._base_manager)):
        if not isinstance(manager, TenantManager):
            yield _error(
                "cdp.E005",
                model,
                f"has a {name} manager that shows every tenant: use TenantManager.",
            )


def _check_relations(model: type[models.Model]) -> Iterator[checks.CheckMessage]:
    for field in model._meta.local_fields:
        to_tenant_model = is_tenant_model(field.related_model)
        if to_tenant_model and not is_tenant_model(model):
            yield _error("cdp.E006", field, "leads from a global table to a tenant's row.")
        elif to_tenant_model and not isinstance(field, TenantForeignKey):
            yield _error("cdp.E001", field, "points to a tenant model: use TenantForeignKey.")
        elif isinstance(field, TenantForeignKey) and not to_tenant_model:
            yield _error(
                "cdp.E007", field, "is a TenantForeignKey to a model without a tenant: use ForeignKey."
            )
        elif isinstance(field, TenantForeignKey) and not field.target_field.primary_key:
            yield _error(
                "cdp.E008", field, "must point to the primary key, as its composite constraint does."
            )
    for many in model._meta.local_many_to_many:
        involved = is_tenant_model(model) or is_tenant_model(many.related_model)
        through = many.remote_field.through
        if involved and through is not None and through._meta.auto_created:
            yield _error("cdp.E002", many, "needs an explicit through model that is a TenantModel.")


def _error(code: str, obj: Any, message: str) -> checks.Error:
    return checks.Error(f"It {message}", obj=obj, id=code)
