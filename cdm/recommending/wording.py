"""Numbers of the card in words: in English in the database, in the reader's language on pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

# What stands for those who have not ordered, for whom the card has nothing to count.
NO_ORDERS, OTHER, RULE = "no_orders", "other", "rule"


@dataclass(frozen=True, slots=True)
class Reason:
    """Points above the average customer for one thing, and that thing in words."""

    name: str
    label: str
    points: int
    text: str
    value: float | None = None


# Looked up one at a time: a night asks for a label of each customer's reasons.
_LABELS = {
    "orders": gettext_lazy("Orders so far"),
    "recent_orders": gettext_lazy("Orders in the last 90 days"),
    "silence": gettext_lazy("Days since the last order"),
    "overdue": gettext_lazy("Silence against their own rhythm"),
    "gap": gettext_lazy("Usual days between orders"),
    "usual_order": gettext_lazy("Usual value of an order"),
    "product_reach": gettext_lazy("Buys what many buy"),
    "still_selling": gettext_lazy("What they buy still sells"),
    "usual_price": gettext_lazy("Unit price of what they buy"),
    "value": gettext_lazy("Orders so far times their usual value"),
    NO_ORDERS: gettext_lazy("No order yet"),
    OTHER: gettext_lazy("Everything else"),
    RULE: gettext_lazy("Rule"),
}


def label(name: str) -> str:
    """Return what is counted."""
    return str(_LABELS.get(name, name))


def sentence(name: str, value: float | None, currency: str) -> str:
    """Return the customer's own value of what is counted, in words."""
    if name in {OTHER, RULE} or value is None:
        return ""
    return _SENTENCES[name](value, currency)


def money(amount: float, currency: str) -> str:
    """Return an amount as people read it: without cents unless it is small."""
    return f"{amount:,.2f} {currency}" if abs(amount) < 10 else f"{amount:,.0f} {currency}"  # noqa: PLR2004


_SENTENCES: dict[str, Callable[[float, str], str]] = {
    "orders": lambda v, _c: (
        ngettext("%(n)s order so far", "%(n)s orders so far", int(v)) % {"n": f"{int(v):,}"}
    ),
    "recent_orders": lambda v, _c: (
        ngettext("%(n)s order in the last 90 days", "%(n)s orders in the last 90 days", int(v))
        % {"n": int(v)}
    ),
    "silence": lambda v, _c: (
        ngettext("last order %(n)s day ago", "last order %(n)s days ago", int(v)) % {"n": f"{int(v):,}"}
    ),
    "overdue": lambda v, _c: _("silent for %(x)s × their usual gap") % {"x": f"{v:.1f}"},
    "gap": lambda v, _c: (
        ngettext("usually %(n)s day between orders", "usually %(n)s days between orders", round(v))
        % {"n": f"{round(v):,}"}
    ),
    "usual_order": lambda v, c: _("usual order %(money)s") % {"money": money(v, c)},
    "product_reach": lambda v, _c: (
        _("each product was bought by about %(n)s customers") % {"n": f"{round(exp(v)):,}"}
    ),
    "still_selling": lambda v, _c: (
        _("about %(share)s of its buyers bought it in the last 30 days") % {"share": f"{exp(v):.0%}"}
    ),
    "usual_price": lambda v, c: _("about %(money)s a piece") % {"money": money(exp(v), c)},
    "value": lambda v, c: _("orders × usual value: about %(money)s") % {"money": money(v, c)},
    NO_ORDERS: lambda v, _c: (
        _("of 100 such customers, about %(n)s ordered within 60 days") % {"n": f"{v * 100:.0f}"}
        if v > 0
        else _("too few such customers to say who will order")
    ),
}
