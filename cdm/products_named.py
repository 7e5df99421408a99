"""Products and categories as callers name them: the id, the code, or a name only the shop knows."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from cdm.models import Product, ProductCategory


def products_named(references: Collection[str]) -> dict[str, uuid.UUID]:
    """Return {reference: product's id} for those the catalogue has, in one query."""
    return _named(Product.objects.all(), "sku", references)


def categories_named(references: Collection[str]) -> dict[str, uuid.UUID]:
    """Return {reference: category's id} for those the catalogue has, in one query."""
    return _named(ProductCategory.objects.all(), "name", references)


def _named(rows: QuerySet[Any], column: str, references: Collection[str]) -> dict[str, uuid.UUID]:
    wanted = {reference for reference in references if reference}
    if not wanted:
        return {}
    ids = {found: reference for reference in wanted if (found := _uuid(reference)) is not None}
    matching = rows.filter(Q(**{f"{column}__in": wanted}) | Q(pk__in=ids)).values_list("pk", column)
    named: dict[str, uuid.UUID] = {}
    for pk, code in matching:
        if code in wanted:
            named[code] = pk
        if pk in ids:
            named[ids[pk]] = pk
    return named


def _uuid(reference: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(reference)
    except ValueError:
        return None
