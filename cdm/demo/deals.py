"""Deals with companies, and what was written about them: quotations and invoices."""

# ruff: noqa: PLR2004 (how often something happens to made-up people is its own name)

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from cdm.choices import BillingStatus, DealStage, QuotationStatus
from cdm.demo.customers import Customer
from cdm.demo.story import Story
from cdm.demo.words import Chore, Offer
from cdm.models import Deal, Quotation
from cdm.operations.create_task import create_task
from cdm.operations.issue_billing import issue_billing
from cdm.operations.issue_quotation import issue_quotation
from cdm.operations.open_deal import CLOSED, open_deal
from cdm.records.pipeline import BillingRecord, DealRecord, QuotationRecord, TaskRecord

PRIVATE = 6
LIKED = 2  # orders of a private person who plans something larger
QUOTED = {
    DealStage.PROPOSAL: QuotationStatus.SENT,
    DealStage.NEGOTIATION: QuotationStatus.SENT,
    DealStage.WON: QuotationStatus.ACCEPTED,
    DealStage.LOST: QuotationStatus.REJECTED,
}
# How many days ago a deal of a stage was opened.
AGES = {
    DealStage.NEW.value: (1, 12),
    DealStage.QUALIFIED.value: (8, 25),
    DealStage.PROPOSAL.value: (14, 40),
    DealStage.NEGOTIATION.value: (25, 60),
    DealStage.WON.value: (30, 75),
    DealStage.LOST.value: (30, 75),
}
DUE = (-3, -1, 0, 0, 1, 4)


def negotiate(story: Story) -> None:
    """Open a deal with each company by its trade, and a few with people who buy often."""
    regulars = [one for one in story.people if len({at for at, _ in one.bought}) >= LIKED]
    chosen = [(one, story.words.offers) for one in story.companies]
    chosen += [(one, story.words.private_offers) for one in regulars[:PRIVATE]]
    used: dict[Offer, int] = dict.fromkeys((*story.words.offers, *story.words.private_offers), 0)
    for number, (customer, offers) in enumerate(chosen):
        offer = min((one for one in offers if _fits(one, customer)), key=lambda one: used[one])
        used[offer] += 1
        stage = DealStage.values[number % len(DealStage.values)]
        deal = _open(story, customer, offer, stage, is_late=number % 7 == 3)
        _write(story, customer, deal, number)


def _fits(offer: Offer, customer: Customer) -> bool:
    return not offer.industries or customer.industry in offer.industries


def _open(story: Story, customer: Customer, offer: Offer, stage: str, *, is_late: bool) -> Deal:
    """Open a deal some weeks ago; one that is won or lost was closed since."""
    pieces = story.random.randint(offer.fewest, offer.most)
    opened = max(
        story.at_work(story.now - timedelta(days=story.random.randint(*AGES[stage]))), customer.since
    )
    closed = story.at_work(story.between(opened + (story.now - opened) / 2, story.now))
    days = -story.random.randrange(1, 6) if is_late else story.random.randrange(3, 60)
    is_closed = stage in CLOSED
    expected = closed.astimezone(story.zone).date() if is_closed else story.today + timedelta(days=days)
    said = {
        "title": offer.title.format(n=pieces),
        "stage": stage,
        "amount": offer.unit * pieces,
        "expected_on": expected.isoformat(),
        "lost_reason": story.random.choice(story.words.lost) if stage == DealStage.LOST else "",
    }
    deal = open_deal(**story.verb(customer), record=DealRecord.parse(said, tenant=story.tenant))
    deal.created_at, deal.closed_at = opened, closed if is_closed else None
    Deal.objects.filter(pk=deal.pk).update(created_at=deal.created_at, closed_at=deal.closed_at)
    return deal


def _write(story: Story, customer: Customer, deal: Deal, number: int) -> None:
    """Issue what a deal of its stage has been written about, or plan what comes next."""
    stage = DealStage(deal.stage)
    if stage == DealStage.QUALIFIED:
        _plan(story, customer, deal, story.words.before_a_quotation, number)
    if stage not in QUOTED:
        return
    quotation = _quote(story, customer, deal, QUOTED[stage], number)
    if stage == DealStage.PROPOSAL:
        _plan(story, customer, deal, story.words.after_a_quotation, number)
    if stage == DealStage.WON:
        _bill(story, customer, deal, quotation, number)


def _quote(story: Story, customer: Customer, deal: Deal, status: QuotationStatus, number: int) -> Quotation:
    issued = min(deal.created_at + timedelta(days=4), deal.closed_at or story.now)
    issued_on = issued.astimezone(story.zone).date()
    said: dict[str, Any] = {
        "number": f"QT-{issued_on.year}-{number + 1:04d}",
        "status": status,
        "total": str(deal.amount),
        "issued_on": issued_on.isoformat(),
        "valid_until": (issued_on + timedelta(days=90)).isoformat(),
        "deal_id": str(deal.pk),
    }
    return issue_quotation(**story.verb(customer), record=QuotationRecord.parse(said, tenant=story.tenant))


def _bill(story: Story, customer: Customer, deal: Deal, quotation: Quotation, number: int) -> None:
    """Bill a deal that was won; invoices of a while ago are paid."""
    closed = deal.closed_at or story.now
    issued = closed.astimezone(story.zone).date()
    is_paid = closed < story.now - timedelta(days=14)
    said: dict[str, Any] = {
        "number": f"INV-{issued.year}-{number + 1:04d}",
        "status": BillingStatus.PAID if is_paid else BillingStatus.OPEN,
        "amount": str(Decimal(deal.amount)),
        "issued_on": issued.isoformat(),
        "due_on": (issued + timedelta(days=30)).isoformat(),
        "quotation_id": str(quotation.pk),
    }
    if is_paid:
        said["paid_at"] = (closed + timedelta(days=10)).isoformat()
    issue_billing(**story.verb(customer), record=BillingRecord.parse(said, tenant=story.tenant))


def _plan(story: Story, customer: Customer, deal: Deal, chore: Chore, number: int) -> None:
    due = story.now + timedelta(days=DUE[number % len(DUE)], hours=1)
    said = {"title": chore.title, "kind": chore.kind, "due_at": due.isoformat(), "deal_id": str(deal.pk)}
    create_task(**story.verb(customer), record=TaskRecord.parse(said, tenant=story.tenant))
