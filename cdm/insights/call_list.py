"""Two lists of whom to call: who is most valuable, and with whom there is room to win."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from cdm.insights.card.scores import Explanation, Scores
from cdm.insights.chances import COLD as COLD
from cdm.insights.chances import HOT as HOT
from cdm.insights.chances import WARM as WARM
from cdm.insights.orders.book import Flags, Floats, Ints

MOST_VALUABLE, ROOM_TO_WIN = "most_valuable", "room_to_win"
# Observed shares of buyers lie well apart at these bounds: docs/insights.md.
HOT_FROM, WARM_FROM = 0.6, 0.3
LEAST_FOR_DECILES = 50
HOLD_OUT_SHARE = 0.2
NOTICE = "Predicts who buys, not who buys because you call."


@dataclass(frozen=True, slots=True)
class Call:
    """One line of the call list."""

    customer: int
    priority: int | None  # 1-10, the decile of the total; None where too few customers make deciles
    temperature: str  # by the chance alone: another thing than the priority
    chance: float
    room: float
    explanation: Explanation
    customers: int  # among how many the decile was taken
    notice: str = NOTICE


def temperatures(chance: Floats) -> list[str]:
    """Hot from 60 % of buying within the window, warm from 30 %, else cold."""
    return [HOT if each >= HOT_FROM else WARM if each >= WARM_FROM else COLD for each in chance.tolist()]


def priorities(total: Ints, contactable: Flags) -> list[int | None]:
    """The decile of each contactable customer among them, 10 is best; equal points are equal deciles."""
    own = np.sort(total[contactable])
    if len(own) < LEAST_FOR_DECILES:
        return [None] * len(total)
    middle = (np.searchsorted(own, total, side="left") + np.searchsorted(own, total, side="right")) / 2
    decile = np.clip(np.ceil(middle / len(own) * 10), 1, 10).astype(int)
    return [int(each) if may else None for each, may in zip(decile, contactable, strict=True)]


def room_to_win(scores: Scores) -> Floats:
    """p(1-p) x the usual order: most where a call can still tip it; a heuristic, no measured uplift."""
    chance = scores.chance
    return np.asarray(chance * (1 - chance) * scores.usual_order, dtype=np.float64)


def call_list(scores: Scores, *, name: str, contactable: Flags, size: int) -> list[Call]:
    """The first customers of a list, best first; `customer` is the number in the features."""
    room = room_to_win(scores)
    total = scores.total
    key = room if name == ROOM_TO_WIN else total.astype(np.float64)
    rows = np.flatnonzero(contactable)
    rows = rows[np.lexsort((scores.features.customer[rows], -scores.features.spend[rows], -key[rows]))][:size]
    chance = scores.chance
    ranks, warmth = priorities(total, contactable), temperatures(chance[rows])
    return [
        Call(
            customer=int(scores.features.customer[row]),
            priority=ranks[row],
            temperature=warmth[number],
            chance=float(chance[row]),
            room=float(room[row]),
            explanation=scores.explain_total(int(row)),
            customers=int(contactable.sum()),
        )
        for number, row in enumerate(rows.tolist())
    ]


def is_held_out(customer_id: str, *, salt: str, share: float = HOLD_OUT_SHARE) -> bool:
    """Whether a customer is left uncalled for comparison: always the same answer."""
    digest = hashlib.sha256(f"{salt}:{customer_id}".encode()).digest()
    return int.from_bytes(digest[:8]) < share * 2**64
