"""Deals, tasks, quotations and invoices of a customer."""

from __future__ import annotations

from dataclasses import dataclass

from cdm.choices import DealStage, TaskKind
from cdm.models import ActivityTask, Billing, Deal, Quotation
from profiles.panels import PanelContext
from profiles.panels.timeline import Choice

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Deals:
    """The latest deals."""

    rows: tuple[Deal, ...]
    stages: tuple[Choice, ...]


def deals(context: PanelContext) -> Deals:
    """Return the customer's deals, newest first."""
    found = Deal.objects.filter(profile_id=context.profile.pk).select_related("owner__user")
    return Deals(
        tuple(found.order_by("-created_at", "-id")[:SHOWN]),
        tuple(Choice(value, label) for value, label in DealStage.choices),
    )


@dataclass(frozen=True, slots=True)
class Tasks:
    """What is to be done for the customer."""

    rows: tuple[ActivityTask, ...]
    kinds: tuple[Choice, ...]


def tasks(context: PanelContext) -> Tasks:
    """Return what is open, soonest first."""
    found = ActivityTask.objects.filter(profile_id=context.profile.pk, done_at__isnull=True)
    return Tasks(
        tuple(found.select_related("owner__user").order_by("due_at", "id")[:SHOWN]),
        tuple(Choice(value, label) for value, label in TaskKind.choices),
    )


@dataclass(frozen=True, slots=True)
class Papers:
    """What was put in writing."""

    quotations: tuple[Quotation, ...]
    billings: tuple[Billing, ...]


def papers(context: PanelContext) -> Papers:
    """Return the latest quotations and invoices."""
    profile_id = context.profile.pk
    return Papers(
        tuple(Quotation.objects.filter(profile_id=profile_id).order_by("-created_at", "-id")[:SHOWN]),
        tuple(Billing.objects.filter(profile_id=profile_id).order_by("-created_at", "-id")[:SHOWN]),
    )
