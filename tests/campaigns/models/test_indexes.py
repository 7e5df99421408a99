"""The indexes of the other tables serve the queries they were made for, under row security."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from campaigns.effective import active_usages
from campaigns.kinds import MODELS
from campaigns.models import BrandGuideline, Budget, Campaign, CampaignProfileUsage, ProfileContainer
from campaigns.models import TargetProfile as Target
from cdp.postgresql.base import wrapper
from cdp.tenancy.context import tenant_context
from tests.world import make_world

ROWS = 600
TABLES: list[Any] = [*MODELS.values(), CampaignProfileUsage]

# What is asked -> the index that answers; P: partial, U: unique, G: GIN, C: composite.
ASKED: dict[str, Any] = {
    "brands_full_style_guide G": lambda: BrandGuideline.objects.saying_in_full(
        {"voiceGuidelines": {"primaryTone": ["tone 7"]}}
    ),
    "brands_high_level_guidelines G": lambda: BrandGuideline.objects.filter(
        high_level_guidelines__contains={"voice": "voice 7"}
    ),
    "brands_brand_values G": lambda: BrandGuideline.objects.with_values("value 7"),
    "brands_trigrams G": lambda: BrandGuideline.objects.kept().matching("brand 77"),
    "brands_full_text G": lambda: BrandGuideline.objects.kept().about("shop77"),
    "brands_by_industry P": lambda: BrandGuideline.objects.kept().filter(industry="shop77"),
    "brands_metadata G": lambda: BrandGuideline.objects.filter(metadata__contains={"notes": "note 7"}),
    "budgets_campaign_ids G": lambda: Budget.objects.filter(campaign_ids__contains=["campaign 7"]),
    "budgets_trigrams G": lambda: Budget.objects.kept().matching("budget 77"),
    "budgets_full_text G": lambda: Budget.objects.kept().about("purse77"),
    "budgets_by_period_end P": lambda: Budget.objects.kept().filter(period_ends_on__lt=date(2020, 1, 10)),
    "budgets_by_status PC": lambda: Budget.objects.kept().filter(status="PAUSED").order_by("-created_at")[:5],
    "containers_by_status C": lambda: ProfileContainer.objects.filter(status="DRAFT").order_by("-created_at")[
        :5
    ],
    "containers_one_default UP": lambda: ProfileContainer.objects.kept().filter(is_default=True),
    "containers_trigrams G": lambda: ProfileContainer.objects.kept().matching("box 77"),
    "containers_by_budget P": lambda: ProfileContainer.objects.filter(budget=Budget.objects.first()),
    "campaigns_external_id_unique UP": lambda: Campaign.objects.kept().filter(external_id="meta-77"),
    "campaigns_trigrams G": lambda: Campaign.objects.kept().matching("plan 77"),
    "campaigns_full_text G": lambda: Campaign.objects.kept().about("plot77"),
    "campaigns_listed PC": lambda: Campaign.objects.kept().order_by("-created_at", "-id")[:5],
    "targets_one_default UP": lambda: Target.objects.kept().filter(is_default=True),
    "usages_by_campaign C": lambda: CampaignProfileUsage.objects.filter(campaign=Campaign.objects.first()),
    "usages_one_active UP": lambda: active_usages(much_used()),
}


def fill() -> None:
    numbers = range(ROWS)
    Target.objects.bulk_create(Target(name=f"Target {n}", is_default=n == 7) for n in numbers)
    BrandGuideline.objects.bulk_create(
        BrandGuideline(
            brand_name=f"Brand {n}",
            industry=f"shop{n}",
            brand_values=[f"value {n}"],
            high_level_guidelines={"voice": f"voice {n}"},
            full_style_guide={"voiceGuidelines": {"primaryTone": [f"tone {n}"]}},
            metadata={"notes": f"note {n}"},
        )
        for n in numbers
    )
    Budget.objects.bulk_create(
        Budget(
            name=f"Budget {n} purse{n}",
            amount=n,
            currency="THB",
            status="PAUSED" if n == 7 else "ACTIVE",
            starts_on=date(2020, 1, 1),
            period_starts_on=date(2020, 1, 1),
            period_ends_on=date(2020 + n % 50, 1, 2),
            campaign_ids=[f"campaign {n}"],
        )
        for n in numbers
    )


def fill_what_uses_them() -> None:
    numbers = range(ROWS)
    budgets = list(Budget.objects.all())
    ProfileContainer.objects.bulk_create(
        ProfileContainer(
            name=f"Box {n}", status="DRAFT" if n == 7 else "ACTIVE", is_default=n == 7, budget=budgets[n]
        )
        for n in numbers
    )
    Campaign.objects.bulk_create(
        Campaign(name=f"Plan {n}", description=f"plot{n}", external_id=f"meta-{n}") for n in numbers
    )
    CampaignProfileUsage.objects.bulk_create(
        CampaignProfileUsage(campaign=campaign, budget=budgets[0], usage_type="INDIVIDUAL")
        for campaign in Campaign.objects.all()
    )

    CampaignProfileUsage.objects.bulk_create(
        CampaignProfileUsage(
            campaign=much_used(), usage_type="INDIVIDUAL", is_active=False, ended_at=timezone.now()
        )
        for _ in numbers
    )


def much_used() -> Campaign:
    """A campaign with a long history: one usage is active, hundreds have ended."""
    campaign: Campaign = Campaign.objects.get(external_id="meta-7")
    return campaign


def indexes_in(node: dict[str, Any]) -> Iterator[str]:
    if "Index Name" in node:
        yield node["Index Name"]
    for inner in node.get("Plans", []):
        yield from indexes_in(inner)


def definition(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [name])
        return str(cursor.fetchone()[0])


@pytest.mark.conforms("R130", "R132")
@pytest.mark.django_db(transaction=True)
def test_every_kind_of_index_is_used() -> None:
    with tenant_context(make_world().acme):
        fill()
        fill_what_uses_them()
        with wrapper().as_owner(), connection.cursor() as cursor:
            for model in TABLES:
                # Clears the lists of new entries too, as autovacuum does.
                cursor.execute(f"VACUUM (ANALYZE) {model._meta.db_table}")
        missed = []
        with transaction.atomic(), connection.cursor() as cursor:
            # Six hundred rows are read through as quickly; the question is whether the index serves at all.
            cursor.execute("SET LOCAL enable_seqscan = off")
            for name, asked in ASKED.items():
                index = name.split()[0]
                plan = json.loads(asked().explain(format="json"))[0]["Plan"]
                if index not in (used := set(indexes_in(plan))):
                    missed.append((index, used))
    assert missed == []
    kinds = {"P": " WHERE ", "U": "UNIQUE", "G": "USING gin"}
    for name in ASKED:
        index, marks = name.split()
        assert all(kinds[mark] in definition(index) for mark in marks if mark in kinds), name
        assert "tenant_id" in definition(index)
