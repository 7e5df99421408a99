"""What kind of offer suits the moment a customer is in: rules in order, the first that holds."""

from __future__ import annotations

from dataclasses import dataclass

UPSELL, CROSS_SELL, DISCOUNT, REACTIVATION = "upsell", "cross-sell", "discount", "reactivation"
USUAL, SECOND_ORDER, NEW = "usual", "second_order", "new"


@dataclass(frozen=True, slots=True)
class OfferThresholds:
    """Shares of the customer's own usual gap between orders."""

    due_from: float = 0.75
    overdue_from: float = 1.5
    lost_from: float = 4.0


@dataclass(frozen=True, slots=True)
class OfferKind:
    """The kind of S3, which list of products goes with it, and why. A rule, not a measured effect."""

    kind: str
    products: str
    reason: str


def offer_kind(
    *, orders: int, overdue: float, has_usual: bool, thresholds: OfferThresholds = OfferThresholds()
) -> OfferKind:
    """`overdue` is days since the last order as a share of the usual gap."""
    said = f"last order {overdue:.1f} x their usual gap ago"
    if orders == 0:
        return OfferKind(CROSS_SELL, NEW, "has not ordered yet")
    if orders > 1 and has_usual and thresholds.due_from <= overdue < thresholds.overdue_from:
        return OfferKind(UPSELL, USUAL, f"due to reorder: {said}")
    if orders == 1 and overdue < thresholds.overdue_from:
        return OfferKind(CROSS_SELL, SECOND_ORDER, "one order so far: what others took second")
    if overdue >= thresholds.lost_from:
        return OfferKind(DISCOUNT, USUAL, f"long silent: {said}")
    if overdue >= thresholds.overdue_from:
        return OfferKind(REACTIVATION, USUAL, f"overdue: {said}")
    return OfferKind(CROSS_SELL, NEW, f"in their rhythm: {said}")
