"""The products that lines of orders name."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext

from cdm.models import OrderLine, Product
from cdm.orders.records import LineRecord
from cdp.actors import Actor
from cdp.errors import Invalid


def order_lines(lines: Sequence[LineRecord], *, is_return: bool, by: Actor) -> list[OrderLine]:
    """Return the lines as rows without an order yet; raises Invalid for an id that is no product's.

    A code the catalogue does not know is added to it, named as the line is. What comes back is negative.
    """
    by_sku, by_id = _products(lines, by)
    sign = Decimal(-1) if is_return else Decimal(1)
    return [
        OrderLine(
            position=position,
            product=by_id[line.product_id] if line.product_id else by_sku.get(line.sku),
            description=line.description,
            quantity=sign * abs(line.quantity) if is_return else line.quantity,
            unit_price=line.unit_price,
            amount=sign * abs(line.total) if is_return else line.total,
        )
        for position, line in enumerate(lines, start=1)
    ]


def _products(lines: Sequence[LineRecord], by: Actor) -> tuple[dict[str, Product], dict[uuid.UUID, Product]]:
    asked = {line.product_id for line in lines if line.product_id}
    by_id = {product.pk: product for product in Product.objects.filter(pk__in=asked)} if asked else {}
    if missing := sorted(str(one) for one in asked - set(by_id)):
        text = gettext("There is no product %(id)s.") % {"id": missing[0]}
        raise Invalid(text, fields={"lines": [text]})
    named = {line.sku: line for line in reversed(lines) if line.sku and not line.product_id}
    if not named:
        return {}, by_id
    known = set(Product.objects.filter(sku__in=named).values_list("sku", flat=True))
    Product.objects.bulk_create(
        [
            Product(
                sku=sku,
                name=named[sku].description,
                price=abs(named[sku].unit_price),
                created_by=str(by),
                updated_by=str(by),
            )
            for sku in sorted(set(named) - known)
        ],
        ignore_conflicts=True,
    )
    return {product.sku: product for product in Product.objects.filter(sku__in=named)}, by_id
