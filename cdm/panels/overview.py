"""The overview of a customer: money, contact, behaviour, what to do next, and where they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cdm.charts import Columns, Point, Rows, columns, rows
from cdm.choices import Chance, OrderKind, OrderStatus
from cdm.days import last_months
from cdm.models import CustomerSummary, Order, Ownership
from cdm.recommendations import recommendation_of
from cdm.recommending.recommended import CustomerRecommendation
from cdm.wording import money, number
from cdp.models import Membership
from profiles.panels import PanelContext, Text

MONTHS_SHOWN = 12
# Enough for a year of anybody but a wholesaler; what is older than the last of them is left out of the chart.
ORDERS_LOOKED_AT = 500
ORDERS_LISTED = 5
PRODUCTS_SHOWN = 3


class SoldOrder(NamedTuple):
    """What the chart and the short list need of an order."""

    number: str
    kind: str
    ordered_at: datetime
    total: Decimal
    returned: Decimal
    currency: str
    status: str

    @property
    def is_return(self) -> bool:
        """Tell whether goods came back."""
        return self.kind == OrderKind.RETURN

    @property
    def is_cancelled(self) -> bool:
        """Tell whether the order counts for nothing."""
        return self.status == OrderStatus.CANCELLED


@dataclass(frozen=True, slots=True)
class Purchases:
    """What a customer bought."""

    summary: CustomerSummary | None
    average: Decimal
    days_since: int | None
    chart: Columns | None
    latest: tuple[SoldOrder, ...]


def summary_of(context: PanelContext) -> CustomerSummary | None:
    """Return the customer's numbers, or None before anything was recorded."""
    return CustomerSummary.objects.filter(profile_id=context.profile.pk).first()


def purchases(context: PanelContext) -> Purchases:
    """Return value, orders, the average, and the orders of the last twelve months."""
    summary = summary_of(context)
    found = [
        SoldOrder(*row)
        for row in Order.objects.filter(profile_id=context.profile.pk)
        .order_by("-ordered_at", "-id")
        .values_list(*SoldOrder._fields)[:ORDERS_LOOKED_AT]
    ]
    days = None
    if summary and summary.last_order_at:
        days = (timezone.localdate() - timezone.localtime(summary.last_order_at).date()).days
    return Purchases(
        summary=summary,
        average=summary.lifetime_value / summary.orders if summary and summary.orders else Decimal(0),
        days_since=days,
        chart=_over_time(found, context.tenant.currency),
        latest=tuple(found[:ORDERS_LISTED]),
    )


def _over_time(found: Sequence[SoldOrder], currency: str) -> Columns | None:
    by_month: defaultdict[date, Decimal] = defaultdict(Decimal)
    counts: defaultdict[date, int] = defaultdict(int)
    for order in found:
        month = timezone.localtime(order.ordered_at).date().replace(day=1)
        if not order.is_cancelled:
            by_month[month] += order.total
            counts[month] += not order.is_return
    shown = last_months(timezone.localdate(), MONTHS_SHOWN)
    if len(found) == ORDERS_LOOKED_AT:
        # The month of the oldest one looked at may be there in part only.
        shown = [month for month in shown if month > min(by_month, default=shown[0])]
    if not any(by_month[month] for month in shown):
        return None
    points = [
        Point(
            date_format(month, "YEAR_MONTH_FORMAT"),
            float(by_month[month]),
            money(by_month[month], currency),
            note=number(counts[month]) if counts[month] else "",
        )
        for month in shown
    ]
    return columns(_("Bought per month, returns taken off"), points)


@dataclass(frozen=True, slots=True)
class Contacts:
    """How and when the customer was spoken to."""

    summary: CustomerSummary | None
    mix: Rows | None


def contacts(context: PanelContext) -> Contacts:
    """Return how often the customer was reached, by which way."""
    summary = summary_of(context)
    if summary is None or not summary.interactions:
        return Contacts(summary, None)
    other = summary.interactions - summary.calls - summary.emails - summary.messages - summary.meetings
    counted = [
        (_("Calls"), summary.calls),
        (_("WhatsApp"), summary.whatsapps),
        (_("Other messages"), summary.messages - summary.whatsapps),
        (_("E-mails"), summary.emails),
        (_("Meetings"), summary.meetings),
        (_("Other"), other),
    ]
    points = [Point(label, count, number(count)) for label, count in counted if count > 0]
    return Contacts(summary, rows(_("Contacts by way"), points))


@dataclass(frozen=True, slots=True)
class InShop:
    """What the customer did in the shop, in numbers."""

    summary: CustomerSummary | None
    chart: Rows | None


def in_shop(context: PanelContext) -> InShop:
    """Return how much the customer looked around."""
    summary = summary_of(context)
    if summary is None or not summary.behaviours:
        return InShop(summary, None)
    counted = [
        (_("Products viewed"), summary.product_views),
        (_("Put into the cart"), summary.carts),
        (_("Wish list"), summary.wishlists),
        (_("Searches"), summary.searches),
    ]
    points = [Point(label, count, number(count)) for label, count in counted]
    return InShop(summary, rows(_("Activities in the shop"), points))


@dataclass(frozen=True, slots=True)
class Suggested:
    """What to do about the customer today."""

    found: CustomerRecommendation | None
    chance_word: Text
    products: tuple[str, ...]


def suggested(context: PanelContext) -> Suggested:
    """Return the recommendation of the last night, and what to do at this moment."""
    found = recommendation_of(context.profile.pk)
    if found is None:
        return Suggested(None, "", ())
    names = [product.name or product.sku for product in found.recommended_products]
    return Suggested(found, Chance(found.temperature).label, tuple(names[:PRODUCTS_SHOWN]))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a customer stands, why, and whose customer they are."""

    summary: CustomerSummary | None
    owner: Membership | None
    agents: tuple[Membership, ...]


def standing(context: PanelContext) -> Standing:
    """Return temperature, type and stage with their reasons, the owner, and who could be it."""
    owned = Ownership.objects.filter(profile_id=context.profile.pk).select_related("owner__user").first()
    agents = Membership.objects.filter(tenant=context.tenant, is_active=True).select_related("user")
    return Standing(
        summary=summary_of(context),
        owner=owned.owner if owned else None,
        agents=tuple(agents.order_by("user__name", "pk")),
    )
