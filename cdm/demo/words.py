"""The shapes of what people of the demo companies say, sell to companies, and mean to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

CALL, MESSAGE, EMAIL, MEETING = "call", "message", "email", "meeting"


class When(Enum):
    """At which moment of a customer's story a conversation fits."""

    ANY = "any"
    BEFORE = "hours before an order"
    AFTER = "days after an order"


class Talk(NamedTuple):
    """One conversation: subject, notes, outcome, and whom and when it fits."""

    subject: str
    notes: str
    outcome: str
    when: When = When.ANY
    about: str = ""  # code of the product of the order; any when empty
    ways: tuple[str, ...] = (CALL, CALL, MESSAGE, EMAIL)
    direction: str = ""
    for_members: bool = False
    asks_to_follow_up: bool = False


class Offer(NamedTuple):
    """One kind of deal: so many times a price; the industries it fits, all when empty."""

    title: str
    unit: int
    fewest: int
    most: int
    industries: tuple[str, ...] = ()


class Chore(NamedTuple):
    """One thing to do for a customer."""

    title: str
    kind: str


@dataclass(frozen=True)
class Words:
    """Everything one company's people say and write."""

    message: str
    talks: tuple[Talk, ...]
    searches: tuple[str, ...]
    reasons: dict[str, tuple[str, ...]]  # stage of a drop-off -> why
    offers: tuple[Offer, ...]
    private_offers: tuple[Offer, ...]
    lost: tuple[str, ...]
    after_an_order: Chore
    for_members: Chore
    before_a_quotation: Chore
    after_a_quotation: Chore
    professions: tuple[str, ...]


AVAILABLE = ("10:00-12:00", "13:00-16:00", "17:00-19:00", "evenings", "mornings")
