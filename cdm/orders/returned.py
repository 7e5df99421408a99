"""How much of sales came back."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db.models import Sum

from cdm.choices import OrderKind, OrderStatus
from cdm.models import Order


def keep_returned(sale_ids: Collection[uuid.UUID | None]) -> None:
    """Sum up anew what came back of these sales; never more than was sold."""
    wanted = {one for one in sale_ids if one is not None}
    sales = (
        Order.objects.filter(pk__in=wanted, kind=OrderKind.SALE).order_by("pk").select_for_update(no_key=True)
    )
    for sale in sales:
        valid = Order.objects.filter(returns=sale, kind=OrderKind.RETURN).exclude(
            status=OrderStatus.CANCELLED
        )
        came_back = -(valid.aggregate(sum=Sum("total"))["sum"] or 0)
        returned = min(came_back, sale.total)
        if returned != sale.returned:
            Order.objects.filter(pk=sale.pk).update(returned=returned)
