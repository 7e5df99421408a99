"""One row per customer out of what a night has learned, ready to be copied into the table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cdm.insights.call_list import is_held_out, temperatures
from cdm.insights.card.scores import Scores
from cdm.insights.next_action import Situation, Thresholds, next_action
from cdm.insights.products.offers import SECOND_ORDER, OfferKind, offer_kind
from cdm.insights.value.worth import Worth
from cdm.models import WorkingRules
from cdm.recommending.contacts import Contacts, Looks
from cdm.recommending.customers import Catalogue, Customers
from cdm.recommending.learning import FirstOrders, Standing
from cdm.recommending.phrases import product_reason
from cdm.recommending.products import (
    ROWS,
    Offer,
    ProductModel,
    looked_of,
    new_of,
    usual_of,
    with_looks,
)
from cdm.recommending.times import Times
from cdm.recommending.wording import NO_ORDERS, OTHER, label, sentence

_LONGEST = 200
_LARGEST_VALUE = 9_999_999_999_999.99  # what the column keeps


@dataclass(frozen=True, slots=True)
class Night:
    """Everything one night knows."""

    currency: str
    rules: WorkingRules
    thresholds: Thresholds
    customers: Customers
    catalogue: Catalogue
    contacts: Contacts
    looks: Looks
    scores: Scores | None
    standing: Standing
    first: FirstOrders
    worth: Worth | None
    products: ProductModel | None
    times: Times


def rows(night: Night) -> Iterator[tuple[Any, ...]]:
    """Yield the columns of COLUMNS for every customer, in order of their numbers."""
    maker = _Maker(night)
    for start in range(0, len(night.customers), ROWS):
        yield from maker.block(start, min(start + ROWS, len(night.customers)))


class _Maker:
    def __init__(self, night: Night) -> None:
        self.night = night
        self.warmth = temperatures(night.standing.chance)
        self.looked = looked_of(night.looks, len(night.customers))
        self.active = night.catalogue.is_active.tolist()
        self.named = [
            json.dumps({"product": pk, "sku": sku, "name": name}, ensure_ascii=False)[:-1]
            for pk, sku, name in zip(
                night.catalogue.ids, night.catalogue.skus, night.catalogue.names, strict=True
            )
        ]
        self.popular = night.products.popular if night.products else []
        self.second = night.products.second if night.products else []
        rules = night.rules
        self.salt, self.share = rules.hold_out_salt, float(rules.hold_out_share)

    def block(self, start: int, end: int) -> Iterator[tuple[Any, ...]]:
        model = self.night.products
        model_rows = model.row_of[start:end] if model else np.full(end - start, -1, dtype=np.int64)
        fresh = new_of(model, model_rows[model_rows >= 0]) if model else iter(())
        for customer, row in zip(range(start, end), model_rows.tolist(), strict=True):
            yield self._row(customer, row, next(fresh) if row >= 0 else list(self.popular))

    def _row(self, customer: int, row: int, new: list[Offer]) -> tuple[Any, ...]:
        night = self.night
        who = int(night.standing.ordered_row[customer])
        had = _had(night.products, row)
        usual = usual_of(night.products, row, self.active) if night.products and row >= 0 else []
        offer = self._offer(who, bool(usual))
        if offer.products == SECOND_ORDER:
            chosen = [each for each in self.second if each.product not in had]
            new = (chosen + [each for each in new if each.product not in {one.product for one in chosen}])[:5]
        span = slice(int(self.looked[customer]), int(self.looked[customer + 1]))
        if span.stop > span.start:
            new = with_looks(night.looks, span, new, had)
        best = night.times.of(customer)
        return (
            *self._who(customer, who),
            offer.kind,
            offer.reason[:_LONGEST],
            self._products(usual),
            self._products(new),
            best.window[:40],
            best.source,
            best.n,
            best.wording[:_LONGEST],
            *self._what_next(customer, offer),
            *_value(night.worth, who),
        )

    def _who(self, customer: int, who: int) -> tuple[Any, ...]:
        standing, customers = self.night.standing, self.night.customers
        return (
            customers.ids[customer],
            standing.priority[customer],
            self.warmth[customer],
            float(standing.chance[customer]),
            int(standing.total[customer]),
            int(standing.likelihood[customer]),
            float(standing.room[customer]),
            self._reasons(customer, who),
            bool(customers.is_allowed[customer] and customers.is_reachable[customer]),
            is_held_out(customers.ids[customer], salt=self.salt, share=self.share),
        )

    def _reasons(self, customer: int, who: int) -> str:
        night = self.night
        if who < 0 or night.scores is None:
            points = int(night.standing.total[customer])
            reasons: list[tuple[str, float | None, int]] = [(NO_ORDERS, night.first.chance, points)]
        else:
            reasons = [
                (each.name, each.value, each.points) for each in night.scores.explain_total(who).reasons
            ]
        return json.dumps(
            [
                {
                    "name": name,
                    "label": label(name),
                    "points": points,
                    "text": sentence(name, value, night.currency),
                    "value": None if name == OTHER or value is None else round(value, 4),
                }
                for name, value, points in reasons
            ],
            ensure_ascii=False,
        )

    def _offer(self, who: int, has_usual: bool) -> OfferKind:
        scores = self.night.scores
        if who < 0 or scores is None:
            return offer_kind(orders=0, overdue=0, has_usual=False)
        features = scores.features
        return offer_kind(
            orders=int(features.orders[who]), overdue=float(features.overdue[who]), has_usual=has_usual
        )

    def _products(self, offers: Sequence[Offer]) -> str:
        parts = []
        for offer in offers:
            said = json.dumps(product_reason(offer.kind, offer.n, offer.lift), ensure_ascii=False)
            behind = f'"kind": "{offer.kind}", "n": {offer.n}, "lift": {offer.lift:.2f}'
            parts.append(f'{self.named[offer.product]}, "reason": {said}, {behind}}}')
        return f"[{', '.join(parts)}]"

    def _what_next(self, customer: int, offer: OfferKind) -> tuple[str, str, str]:
        night = self.night
        customers, standing = night.customers, night.standing
        found = next_action(
            Situation(
                temperature=self.warmth[customer],
                priority=standing.priority[customer],
                offer=offer.kind,
                may_contact=bool(customers.is_allowed[customer]),
                may_call=bool(customers.is_call_allowed[customer] and customers.has_phone[customer]),
                has_phone=bool(customers.has_phone[customer]),
                is_held_out=is_held_out(customers.ids[customer], salt=self.salt, share=self.share),
                contacted_days_ago=_days(night.contacts.contacted_days_ago[customer]),
                follow_up_overdue_days=_days(night.contacts.follow_up_overdue_days[customer]),
            ),
            night.thresholds,
        )
        return found.action, found.text[:120], found.reason[:_LONGEST]


def _had(model: ProductModel | None, row: int) -> set[int]:
    if model is None or row < 0:
        return set()
    table = model.bought.table
    own = table.indices[table.indptr[row] : table.indptr[row + 1]]
    return set(model.bought.products[own].tolist())


def _days(value: float) -> int | None:
    return None if np.isnan(value) else int(value)


def _value(worth: Worth | None, who: int) -> tuple[Any, ...]:
    """Expected orders, the range of their worth, and the chance of being active where it can be told."""
    if worth is None or who < 0:
        return None, None, None, None
    alive = None if worth.alive is None else float(worth.alive[who])
    return (
        float(worth.expected_orders[who]),
        min(round(float(worth.low[who]), 2), _LARGEST_VALUE),
        min(round(float(worth.high[who]), 2), _LARGEST_VALUE),
        alive,
    )
