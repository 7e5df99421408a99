"""Adding and changing what the company sells."""

from __future__ import annotations

import uuid
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cdm.models import Product, ProductCategory
from cdm.orders.errors import CategoryNotFound, ProductNotFound
from cdp import audit
from cdp.actors import Actor
from cdp.errors import Conflict, Invalid
from cdp.models import Tenant
from profiles.locking import lock_values

Row = TypeVar("Row", Product, ProductCategory)


class AlreadyThere(Conflict):
    """The code of a product, or the name of a category, is taken."""

    slug = "already-there"
    title = "There is one already"


def create_product(*, tenant: Tenant, by: Actor, sku: str, **values: Any) -> Product:
    """Add a product to the catalogue. Raises AlreadyThere, CategoryNotFound, Invalid."""
    return _create(Product(sku=sku), values, by, verb="product.create", named="sku")


def update_product(*, tenant: Tenant, by: Actor, product_id: uuid.UUID, **values: Any) -> Product:
    """Change what is given. Raises ProductNotFound, AlreadyThere, CategoryNotFound, Invalid."""
    with transaction.atomic():
        product = Product.objects.select_for_update().filter(pk=product_id).first()
        if product is None:
            raise ProductNotFound
        return _change(product, values, by, verb="product.update", named="sku")


def create_category(*, tenant: Tenant, by: Actor, name: str, **values: Any) -> ProductCategory:
    """Add a category. Raises AlreadyThere, CategoryNotFound, Invalid."""
    return _create(ProductCategory(name=name), values, by, verb="product_category.create", named="name")


def update_category(*, tenant: Tenant, by: Actor, category_id: uuid.UUID, **values: Any) -> ProductCategory:
    """Change what is given. Raises CategoryNotFound, AlreadyThere, Invalid for a category within itself."""
    with transaction.atomic():
        # Two who each put one category into the other's would both see no circle yet.
        lock_values(tenant.pk, ["product_categories"])
        category = ProductCategory.objects.select_for_update().filter(pk=category_id).first()
        if category is None:
            raise CategoryNotFound
        _refuse_circle(category, values.get("parent_id"))
        return _change(category, values, by, verb="product_category.update", named="name")


def _create(row: Row, values: dict[str, Any], by: Actor, *, verb: str, named: str) -> Row:
    row.created_by = row.updated_by = str(by)
    _fill(row, values)
    with _taken(named), transaction.atomic():
        row.save(force_insert=True)
        audit.record(verb=verb, obj=row, by=by, changes={named: [None, getattr(row, named)]})
    return row


def _change(row: Row, values: dict[str, Any], by: Actor, *, verb: str, named: str) -> Row:
    before = {name: getattr(row, name) for name in values}
    _fill(row, values)
    after = {name: getattr(row, name) for name in values}
    changes: dict[str, list[Any]] = audit.changed_fields(before, after)
    if not changes:
        return row
    row.updated_by = str(by)
    with _taken(named), transaction.atomic():
        row.save(update_fields=[*changes, "updated_by", "updated_at"])
        shown = {name: [None if one is None else str(one) for one in pair] for name, pair in changes.items()}
        audit.record(verb=verb, obj=row, by=by, changes=shown)
    return row


def _fill(row: Row, values: dict[str, Any]) -> None:
    for name in ("category_id", "parent_id"):
        wanted = values.get(name)
        if wanted is not None and not ProductCategory.objects.filter(pk=wanted).exists():
            raise CategoryNotFound
    for name, value in values.items():
        setattr(row, name, value)
    try:
        row.clean_fields()
    except ValidationError as error:
        raise Invalid("See errors for each field.", fields=error.message_dict) from error


def _refuse_circle(category: ProductCategory, parent_id: uuid.UUID | None) -> None:
    seen = {category.pk}
    while parent_id is not None:
        if parent_id in seen:
            text = "A category cannot be part of itself."
            raise Invalid(text, fields={"parent_id": [text]})
        seen.add(parent_id)
        parent = ProductCategory.objects.filter(pk=parent_id).first()
        parent_id = parent.parent_id if parent else None


class _taken:
    """Turns a broken unique constraint into AlreadyThere."""

    def __init__(self, field: str) -> None:
        self.field = field

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, IntegrityError):
            text = "This is taken already: use another one, or change the one there is."
            raise AlreadyThere(text, fields={self.field: [text]}) from error
