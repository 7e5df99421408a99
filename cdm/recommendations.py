"""Whom to call, with what, and when: what pages and the API read."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone

from cdm.choices import CallListName
from cdm.insights.next_action import NextAction
from cdm.insights.products.offers import offer_kind
from cdm.models import (
    CustomerSummary,
    InsightFit,
    Recommendation,
    RecommendationFeedback,
    WorkingRules,
)
from cdm.operations.rules_of import rules_of
from cdm.recommending.callable import best_first
from cdm.recommending.feedback import quiet_until
from cdm.recommending.phrases import product_reason, told
from cdm.recommending.recommended import CustomerRecommendation, Feedback, OfferedProduct
from cdm.recommending.situations import action_now, may_contact, thresholds_of
from cdm.recommending.wording import OTHER, RULE, Reason, label, sentence
from cdp.models import Tenant
from profiles.models import Profile

MOST_VALUABLE, ROOM_TO_WIN = CallListName.MOST_VALUABLE, CallListName.ROOM_TO_WIN
MOST = 1_000
# Told as they stand in the table.
_AS_KEPT = (
    *(
        "computed_at",
        "temperature",
        "chance",
        "priority",
        "total_points",
        "likelihood_points",
        "room",
        "is_contactable",
    ),
    *(
        "is_held_out",
        "offer_type",
        "best_time",
        "best_time_source",
        "best_time_n",
        "expected_orders",
        "value_low",
        "value_high",
        "chance_active",
    ),
)


def call_list(tenant: Tenant, name: str = MOST_VALUABLE, limit: int = 50) -> list[CustomerRecommendation]:
    """Return whom to call now, best first: without the comparison group, who rests, and who was called wrong.

    ``name`` is one of CallListName. Five statements, however long the list.
    """
    rules = rules_of(tenant)
    rows = best_first(tenant, name, rules, timezone.now()).filter(is_held_out=False)
    rows = rows.select_related("profile", "fit")[: max(0, min(limit, MOST))]
    return _told(tenant, list(rows), rules)


def recommendation_of(profile_id: uuid.UUID) -> CustomerRecommendation | None:
    """Return what is recommended about one customer of the active tenant; None before the first night."""
    row = Recommendation.objects.filter(profile=profile_id).select_related("profile", "fit", "tenant").first()
    if row is None:
        return None
    return _told(row.tenant, [row], rules_of(row.tenant))[0]


def first_word_on(tenant: Tenant, profile: Profile) -> CustomerRecommendation:
    """Return what can be said of a customer before their first night, by what is known this moment.

    Its numbers are empty: chance, points and priority are learned at night.
    """
    summary = CustomerSummary.objects.filter(profile=profile).first() or CustomerSummary()
    offer = offer_kind(orders=summary.orders, overdue=0.0, has_usual=False)
    row = Recommendation(
        profile=profile,
        fit=InsightFit(),
        computed_at=timezone.now(),
        temperature=summary.temperature,
        is_contactable=may_contact(profile) and bool(profile.phone or profile.email),
        offer_type=offer.kind,
        offer_reason=offer.reason if not summary.orders else "",
    )
    return _told(tenant, [row], rules_of(tenant))[0]


def recommendations_of(
    tenant: Tenant, profile_ids: Iterable[uuid.UUID]
) -> dict[uuid.UUID, CustomerRecommendation]:
    """Return what is recommended about several customers, in a constant number of statements."""
    rows = Recommendation.objects.filter(profile__in=list(profile_ids)).select_related("profile", "fit")
    return {one.profile.pk: one for one in _told(tenant, list(rows), rules_of(tenant))}


def _told(
    tenant: Tenant, rows: Sequence[Recommendation], rules: WorkingRules
) -> list[CustomerRecommendation]:
    ids = [row.profile_id for row in rows]
    summaries = {one.profile_id: one for one in CustomerSummary.objects.filter(profile__in=ids)}
    said: dict[uuid.UUID, list[RecommendationFeedback]] = {}
    spoken = RecommendationFeedback.objects.filter(profile__in=ids, taken_back_at=None)
    for one in spoken.select_related("agent__user"):
        said.setdefault(one.profile_id, []).append(one)
    thresholds = thresholds_of(rules)
    return [
        _one(
            tenant,
            row,
            action_now(tenant, row, summaries.get(row.profile_id), thresholds),
            said.get(row.profile_id, []),
        )
        for row in rows
    ]


def _one(
    tenant: Tenant, row: Recommendation, action: NextAction, said: list[RecommendationFeedback]
) -> CustomerRecommendation:
    return CustomerRecommendation(
        **{name: getattr(row, name) for name in _AS_KEPT},
        profile=row.profile,
        reasons=reasons_told(row.reasons, tenant.currency),
        customers=int(row.fit.counts.get("ordered", 0)),
        offer_label=str(row.get_offer_type_display()),
        offer_reason=told(row.offer_reason),
        usual_products=products_told(row.usual_products),
        new_products=products_told(row.new_products),
        best_time_reason=told(row.best_time_reason),
        next_action=action.action,
        next_action_text=told(action.text),
        next_action_reason=told(action.reason),
        backtest_ratio=row.fit.worth.get("backtest_ratio"),
        notices=tuple(told(each) for each in row.fit.notes),
        feedback=tuple(_feedback(each) for each in said),
    )


def reasons_told(kept: Iterable[dict[str, Any]], currency: str) -> tuple[Reason, ...]:
    """Return the reasons a row keeps, in the reader's language."""
    return tuple(_reason(each, currency) for each in kept)


def _reason(kept: dict[str, Any], currency: str) -> Reason:
    name, value = kept["name"], kept.get("value")
    is_told = name in {OTHER, RULE}
    return Reason(
        name,
        kept["label"] if name == RULE else label(name),
        kept["points"],
        told(kept["text"]) if is_told else sentence(name, value, currency),
        value,
    )


def products_told(kept: Iterable[dict[str, Any]]) -> tuple[OfferedProduct, ...]:
    """Return the products a row keeps, each with its reason in the reader's language."""
    return tuple(
        OfferedProduct(
            one["product"], one["sku"], one["name"], product_reason(one["kind"], one["n"], one["lift"])
        )
        for one in kept
    )


def _feedback(row: RecommendationFeedback) -> Feedback:
    return Feedback(
        id=row.pk,
        reason=row.reason,
        reason_label=str(row.get_reason_display()),
        note=row.note,
        said_by=row.agent.shown_name if row.agent else row.created_by,
        said_at=row.created_at,
        quiet_until=quiet_until(row),
    )
