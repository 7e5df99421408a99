"""The deals of the company, stage by stage."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.utils import timezone

from cdm.choices import DealStage
from cdm.models import Deal
from cdp.models import Membership, Tenant

CARDS_SHOWN = 25
CLOSED_FOR = timedelta(days=30)
# The way of a deal; a lost one goes back to where it was last talked about.
WAY = (DealStage.NEW, DealStage.QUALIFIED, DealStage.PROPOSAL, DealStage.NEGOTIATION, DealStage.WON)


@dataclass(frozen=True, slots=True)
class Card:
    """One deal on the board, and the stages beside its own."""

    deal: Deal
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class StageColumn:
    """One stage with its deals; won and lost ones are those of the last thirty days."""

    stage: str
    label: str
    cards: tuple[Card, ...]
    number: int
    amounts: tuple[tuple[str, Decimal], ...]

    @property
    def left_out(self) -> int:
        """Return how many deals are not shown."""
        return self.number - len(self.cards)


@dataclass(frozen=True, slots=True)
class Board:
    """The whole board, and whose deals can be looked at."""

    columns: tuple[StageColumn, ...]
    owner: str
    owners: tuple[Membership, ...]


def board(tenant: Tenant, owner: uuid.UUID | None) -> Board:
    """Return the board: its sums in one statement, and the first deals of each stage in one each."""
    shown = Q(closed_at__isnull=True) | Q(closed_at__gte=timezone.now() - CLOSED_FOR)
    deals = Deal.objects.filter(shown)
    if owner is not None:
        deals = deals.filter(owner=owner)
    sums: dict[str, list[tuple[str, int, Decimal]]] = {}
    grouped = deals.order_by().values_list("stage", "currency").annotate(n=Count("pk"), total=Sum("amount"))
    for stage, currency, count, total in grouped:
        sums.setdefault(stage, []).append((currency, count, total))
    rows = deals.select_related("profile", "owner__user").order_by("expected_on", "id")
    columns = tuple(
        StageColumn(
            stage=stage,
            label=str(label),
            cards=tuple(_card(deal) for deal in rows.filter(stage=stage)[:CARDS_SHOWN]),
            number=sum(count for _currency, count, _total in sums.get(stage, [])),
            amounts=tuple(sorted((currency, total) for currency, _count, total in sums.get(stage, []))),
        )
        for stage, label in DealStage.choices
    )
    members = Membership.objects.filter(tenant=tenant, is_active=True).select_related("user")
    return Board(columns, str(owner or ""), tuple(members.order_by("user__name", "pk")))


def _card(deal: Deal) -> Card:
    if deal.stage == DealStage.LOST:
        return Card(deal, before=DealStage.NEGOTIATION.value, after="")
    place = WAY.index(DealStage(deal.stage))
    return Card(
        deal,
        before=WAY[place - 1].value if place else "",
        after=WAY[place + 1].value if place + 1 < len(WAY) else "",
    )
