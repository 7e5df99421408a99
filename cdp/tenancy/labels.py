"""What columns are called on pages that their models leave unnamed.

A name given in a model is part of its migrations; a name given here is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SHARED = {
    "created_at": _("created at"),
    "created_by": _("created by"),
    "updated_at": _("updated at"),
    "updated_by": _("updated by"),
    "request_id": _("request"),
}


def name_columns(model: type[models.Model], **names: str | Promise) -> None:
    """Call columns of a model so wherever people read of them."""
    for column, name in names.items():
        model._meta.get_field(column).verbose_name = name  # type: ignore[union-attr]


def name_shared_columns(all_models: Iterable[type[models.Model]]) -> None:
    """Name who and when alike everywhere, and what refers to another model after that model."""
    for model in all_models:
        for field in model._meta.concrete_fields:
            if _is_unnamed(field) and (name := _name_of(field)):
                field.verbose_name = name


def _is_unnamed(field: Any) -> bool:
    return field._verbose_name is None


def _name_of(field: Any) -> Any:
    if field.is_relation:
        return field.remote_field.model._meta.verbose_name
    return SHARED.get(field.name)
