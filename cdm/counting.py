"""Numbers of customers by temperature, type and stage, from the tallies: the cost does not grow with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from cdm.models import SummaryTally


@dataclass(frozen=True, slots=True)
class Kind:
    """How many customers there are of one kind, and what they are worth together."""

    temperature: str
    customer_type: str
    stage: str
    number: int
    value: Decimal


def kinds() -> list[Kind]:
    """Return the customers of the active tenant by temperature, type and stage, in one query."""
    rows = (
        SummaryTally.objects.values_list("temperature", "customer_type", "lifecycle_stage")
        .annotate(total=Sum("delta"), worth=Sum("value_delta"))
        .order_by()
    )
    return [Kind(*row) for row in rows]


def number_of(found: list[Kind], **wanted: str) -> int:
    """Return how many customers have these values."""
    return sum(kind.number for kind in found if _fits(kind, wanted))


def worth_of(found: list[Kind]) -> Decimal:
    """Return what all customers together are worth."""
    return sum((kind.value for kind in found), Decimal(0))


def _fits(kind: Kind, wanted: Mapping[str, str]) -> bool:
    return all(getattr(kind, name) == value for name, value in wanted.items())
