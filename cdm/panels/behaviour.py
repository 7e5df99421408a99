"""What a customer does in the shop, and where they turned back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cdm.charts import Point, Rows, rows
from cdm.choices import BehaviourType, DropOffStage
from cdm.models import BehaviourEvent, CustomerSummary, DropOff
from cdm.panels.overview import summary_of
from cdm.wording import number
from profiles.panels import PanelContext
from profiles.panels.timeline import Choice

# Favourites are those of the latest visits: reading all would cost more the longer the history.
VISITS_LOOKED_AT = 1000
MOST_VIEWED = 8
SEARCHES_SHOWN = 10
DROP_OFFS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Counts, favourites and searches."""

    summary: CustomerSummary | None
    counts: Rows | None
    viewed: Rows | None
    searches: tuple[tuple[str, int], ...]


def behaviour(context: PanelContext) -> Behaviour:
    """Return how often the customer did what, what they looked at most, and what they looked for."""
    summary = summary_of(context)
    visits = list(
        BehaviourEvent.objects.filter(profile_id=context.profile.pk)
        .order_by("-occurred_at", "-id")
        .values_list("type", "product__name", "product__sku", "product_ref", "query")[:VISITS_LOOKED_AT]
    )
    viewed = Counter(
        name or sku or ref
        for type_, name, sku, ref, _query in visits
        if type_ == BehaviourType.PRODUCT_VIEW and (name or sku or ref)
    )
    searched = Counter(
        query.strip() for type_, *_rest, query in visits if type_ == BehaviourType.SEARCH and query.strip()
    )
    favourites = [Point(name, count, number(count)) for name, count in viewed.most_common(MOST_VIEWED)]
    return Behaviour(
        summary=summary,
        counts=_counts(summary) if summary and summary.behaviours else None,
        viewed=rows(_("Viewed most"), favourites) if favourites else None,
        searches=tuple(searched.most_common(SEARCHES_SHOWN)),
    )


def _counts(summary: CustomerSummary) -> Rows:
    counted = (
        (_("Product views"), summary.product_views),
        (_("Different products"), summary.products_viewed),
        (_("Put into the cart"), summary.carts),
        (_("Put on the wish list"), summary.wishlists),
        (_("Searches"), summary.searches),
    )
    return rows(_("Activities"), [Point(label, count, number(count)) for label, count in counted])


@dataclass(frozen=True, slots=True)
class DropOffs:
    """Where the customer turned back."""

    rows: tuple[DropOff, ...]
    stages: tuple[Choice, ...]


def drop_offs(context: PanelContext) -> DropOffs:
    """Return the latest drop-offs, open and recovered."""
    found = DropOff.objects.filter(profile_id=context.profile.pk).select_related("product", "recovered_by")
    return DropOffs(
        tuple(found.order_by("-occurred_at", "-id")[:DROP_OFFS_SHOWN]),
        tuple(Choice(value, label) for value, label in DropOffStage.choices),
    )
