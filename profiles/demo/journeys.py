"""What customers did: visits, purchases and messages, as many as their stage suggests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from profiles.choices import LifecycleStage
from profiles.demo.products import KITCHEN, PRODUCT_BITS, Product, Shop, price
from profiles.demo.record import Record
from profiles.demo.skew import by_weight

Payload = dict[str, object]

DEVICES = by_weight([("mobile", 68.0), ("desktop", 26.0), ("tablet", 6.0)], bits=6)
# Purchases of a customer with a full history.
PURCHASES = {
    LifecycleStage.FIRST_BUYER.value: (1, 1),
    LifecycleStage.REPEAT_BUYER.value: (2, 4),
    LifecycleStage.LOYAL.value: (5, 9),
    LifecycleStage.VIP.value: (10, 16),
    LifecycleStage.INACTIVE.value: (1, 2),
}
# Nobody orders again sooner; whoever came a week ago has not had the time for nine orders.
SHORTEST_GAP = timedelta(days=8)
MOST_ORDERS = max(most for _, most in PURCHASES.values())
FULL_HISTORY = 6.0  # events per customer at which every purchase is among them
PURCHASES_PER_CUSTOMER = 1.2


class Event(NamedTuple):
    """One thing that happened to a record's customer."""

    type: str
    timestamp: datetime
    source: str
    payload: Payload


class Diary:
    """Writes the events of records of one shop."""

    def __init__(
        self,
        rng: Random,
        *,
        per_customer: float,
        currency: str,
        first_order: int = 1,
        shop: Shop = KITCHEN,
    ) -> None:
        self.rng = rng
        self.shop = shop
        self.currency = currency
        self._kept = min(1.0, per_customer / FULL_HISTORY)
        self._visits = max(0.0, per_customer - PURCHASES_PER_CUSTOMER * self._kept)
        self._orders = first_order - 1
        self._prices = {product: float(price(product, currency)) for product in shop.products}

    def events(self, record: Record) -> Iterator[Event]:
        """Yield the events of one customer, oldest first, the last when it was last active."""
        fewest, most = PURCHASES.get(record.standing.stage, (0, 0))
        wanted = fewest + int(self.rng.random() * (most - fewest + 1))
        purchases = sum(self.rng.random() < self._kept for _ in range(wanted))
        visits = int(self.rng.expovariate(1 / self._visits) + 0.5) if self._visits else 0
        span = record.active_at - record.created_at
        bought = self._rhythm(min(purchases, max(1, span // (2 * SHORTEST_GAP))))
        marks = sorted([(mark, False) for mark in self._moments(visits)] + [(mark, True) for mark in bought])
        for place, (mark, is_purchase) in enumerate(marks):
            at = record.active_at if place == len(marks) - 1 else record.created_at + span * mark
            if is_purchase:
                yield self._purchase(record, at)
            else:
                yield VISITS[self.rng.getrandbits(8)](self, record, at)

    def _moments(self, number: int) -> list[float]:
        return [self.rng.random() for _ in range(number)]

    def _rhythm(self, purchases: int) -> list[float]:
        """Return moments between 0 and 1, each at least half a step from the next."""
        return [(place + 0.5 + self.rng.random() * 0.5) / purchases for place in range(purchases)]

    def product(self) -> Product:
        """Return any product, the popular ones oftener."""
        return self.shop.shelf[self.rng.getrandbits(PRODUCT_BITS)]

    def about(self, product: Product) -> Payload:
        """Return what a shop's page says about a product."""
        return {
            "sku": product.sku,
            "productName": product.name,
            "category": product.category,
            "price": self._prices[product],
            "currency": self.currency,
        }

    def _purchase(self, record: Record, at: datetime) -> Event:
        lines: dict[str, Payload] = {}
        for _ in range(1 + int(self.rng.random() ** 2 * 3)):
            product = self.product()
            lines[product.sku] = self.about(product) | {"quantity": 1 + int(self.rng.random() ** 3 * 3)}
        total = round(
            sum(float(str(line["price"])) * int(str(line["quantity"])) for line in lines.values()), 2
        )
        self._orders += 1
        order = {"orderId": f"ORD-{at:%Y%m%d}-{self._orders:05d}", "items": list(lines.values())}
        return Event("purchase", at, "ERP", order | {"amount": total, "currency": self.currency})


def _page_view(diary: Diary, record: Record, at: datetime) -> Event:
    title, path = diary.shop.pages[diary.rng.getrandbits(2)]
    device = DEVICES[diary.rng.getrandbits(6)]
    return Event("page_view", at, "Website", {"title": title, "path": path, "deviceType": device})


def _product_view(diary: Diary, record: Record, at: datetime) -> Event:
    device = DEVICES[diary.rng.getrandbits(6)]
    return Event("product_view", at, "Website", diary.about(diary.product()) | {"deviceType": device})


def _add_to_cart(diary: Diary, record: Record, at: datetime) -> Event:
    return Event("add_to_cart", at, "Website", diary.about(diary.product()) | {"quantity": 1})


def _search(diary: Diary, record: Record, at: datetime) -> Event:
    words = diary.product().name.lower().rpartition(":")[2].replace(",", "").split()
    return Event("search", at, "Website", {"query": " ".join(words[:2])})


def _message(diary: Diary, record: Record, at: datetime) -> Event:
    script = record.script if record.naming.is_native else "latin"
    questions = diary.shop.questions[script]
    text = questions[int(diary.rng.random() * len(questions))]
    polite = "ครับ" if record.gender == "male" else "ค่ะ"
    if record.source == "LINE":
        return Event("line_message", at, "LINE", {"text": text.format(polite=_question(polite, text))})
    source = record.source if record.source == "FACEBOOK" else "Website"
    return Event("message_received", at, source, {"text": text.format(polite=_question(polite, text))})


def _question(polite: str, text: str) -> str:
    """Return the particle as it ends a question: คะ, not ค่ะ."""
    return "คะ" if polite == "ค่ะ" and ("ไหม" in text or "ไหน" in text) else polite


def _email_opened(diary: Diary, record: Record, at: datetime) -> Event:
    if not record.contact.email:
        return _page_view(diary, record, at)
    subject = diary.shop.mails[int(diary.rng.random() * len(diary.shop.mails))]
    return Event("email_opened", at, "CRM", {"subject": subject})


VISITS: list[Callable[[Diary, Record, datetime], Event]] = by_weight(
    [
        (_page_view, 32.0),
        (_product_view, 30.0),
        (_add_to_cart, 9.0),
        (_search, 8.0),
        (_message, 12.0),
        (_email_opened, 9.0),
    ],
    bits=8,
)
