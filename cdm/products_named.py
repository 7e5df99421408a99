"""Products as callers name them: the id, the code, or a name only the shop knows."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db.models import Q

from cdm.models import Product


def products_named(references: Collection[str]) -> dict[str, uuid.UUID]:
    """Return {reference: product's id} for those the catalogue has, in one query."""
    wanted = {reference for reference in references if reference}
    if not wanted:
        return {}
    ids = {found: reference for reference in wanted if (found := _uuid(reference)) is not None}
    rows = Product.objects.filter(Q(sku__in=wanted) | Q(pk__in=ids)).values_list("pk", "sku")
    named: dict[str, uuid.UUID] = {}
    for pk, sku in rows:
        if sku in wanted:
            named[sku] = pk
        if pk in ids:
            named[ids[pk]] = pk
    return named


def _uuid(reference: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(reference)
    except ValueError:
        return None
