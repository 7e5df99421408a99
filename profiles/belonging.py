"""Which rows are a customer's: an act on one of them is part of that customer's history."""

from __future__ import annotations

import uuid
from functools import cache

from django.db import models

from profiles.models import Profile


def customer_of(obj: models.Model) -> uuid.UUID | None:
    """Return the customer itself, or the one a row such as a call or a relative belongs to."""
    if isinstance(obj, Profile):
        return obj.pk
    column = _column(type(obj))
    found: uuid.UUID | None = getattr(obj, column) if column else None
    return found


@cache
def _column(model: type[models.Model]) -> str:
    fields = model._meta.concrete_fields
    return next((one.attname for one in fields if one.name == "profile" and one.related_model is Profile), "")
