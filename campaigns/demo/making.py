"""Making a story true by the verbs people use."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from campaigns.budgeting.periods import local_today
from campaigns.choices import AssetKind, PermissionLevel
from campaigns.demo.cape_outdoors import CAPE_OUTDOORS
from campaigns.demo.siam_retail import SIAM_RETAIL
from campaigns.demo.spending import spend
from campaigns.demo.story import Said, Story
from campaigns.models import Campaign
from campaigns.operations.create_asset import create_asset
from campaigns.operations.lifecycle import delete_asset
from campaigns.operations.record_metric import MetricRecord, record_metric
from campaigns.operations.sharing import grant_permission
from campaigns.operations.target_segments import follow_target
from campaigns.operations.templates import TemplateRecord, save_as_template
from campaigns.operations.update_asset import update_asset
from campaigns.operations.use_in_campaign import UsageRecord, use_in_campaign
from campaigns.records import RECORDS
from cdp import demo
from cdp.actors import Actor
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context

STORIES = {demo.TENANT_SLUG: SIAM_RETAIL, demo.SECOND_TENANT_SLUG: CAPE_OUTDOORS}
PARTS = ("customerProfileId", "brandGuidelinesId", "budgetId", "containerId")
DAYS = ("startsOn", "endsOn")


def plan_campaigns(tenant: Tenant, people: Sequence[Actor]) -> None:
    """Give a demo company its campaigns, once."""
    story = STORIES.get(tenant.slug)
    with tenant_context(tenant):
        if story is not None and not Campaign.objects.exists():
            Planner(tenant, people, story).plan()


class Planner:
    """Makes one story; ``made`` holds every asset by its kind and its key."""

    def __init__(self, tenant: Tenant, people: Sequence[Actor], story: Story) -> None:
        self.tenant, self.people, self.story = tenant, people, story
        self.today = local_today(tenant)
        self.made: dict[tuple[AssetKind, str], Any] = {}

    def plan(self) -> None:
        """Make the assets, what they are used for, and what happened since."""
        story, by = self.story, self.people[0]
        self._make(AssetKind.BRAND_GUIDELINE, story.brands)
        self._make(AssetKind.TARGET_PROFILE, story.targets)
        self._make(AssetKind.BUDGET, story.budgets)
        self._make(AssetKind.CONTAINER, story.containers)
        self._make(AssetKind.CAMPAIGN, {key: plan.said for key, plan in story.campaigns.items()})
        self._use()
        for flow in story.flows:
            budget, campaign = (
                self._at(flow.budget, AssetKind.BUDGET),
                self._at(flow.campaign, AssetKind.CAMPAIGN),
            )
            spend(tenant=self.tenant, by=by, budget=budget, campaign=campaign, flow=flow, today=self.today)
        for key, said in story.changes:
            self._change(key, said)
        self._keep()

    def _at(self, key: str, kind: AssetKind) -> Any:
        return self.made[kind, key]

    def _any(self, key: str) -> Any:
        """Return the asset a key names; where two kinds share it, the one that is planned with."""
        return next(self.made[kind, key] for kind in AssetKind if (kind, key) in self.made)

    def _make(self, kind: AssetKind, told: dict[str, Said]) -> None:
        for key, said in told.items():
            record = RECORDS[kind].parse(self._dated(self._joined(said)), tenant=self.tenant)
            self.made[kind, key] = create_asset(tenant=self.tenant, by=self.people[0], record=record)

    def _joined(self, said: Said) -> Said:
        """Put ids in the place of keys."""
        kinds = dict(
            zip(
                PARTS,
                (
                    AssetKind.TARGET_PROFILE,
                    AssetKind.BRAND_GUIDELINE,
                    AssetKind.BUDGET,
                    AssetKind.CONTAINER,
                ),
                strict=True,
            )
        )
        return {
            name: str(self._at(value, kinds[name]).pk) if name in kinds else value
            for name, value in said.items()
        }

    def _dated(self, said: Said) -> Said:
        """Put days in the place of numbers of days from today."""
        return {name: self._day(value) if name in DAYS else value for name, value in said.items()}

    def _day(self, offset: int) -> str:
        day: date = self.today + timedelta(days=offset)
        return day.isoformat()

    def _use(self) -> None:
        for key, plan in self.story.campaigns.items():
            campaign = self._at(key, AssetKind.CAMPAIGN)
            if plan.was:
                self._say_usage(campaign, {"containerId": plan.was})
            self._say_usage(campaign, plan.uses)
            for name, value in plan.figures.items():
                self._measure(campaign.pk, name, value)

    def _say_usage(self, campaign: Campaign, uses: dict[str, str]) -> None:
        record = UsageRecord.parse(self._joined(uses), tenant=self.tenant)
        use_in_campaign(tenant=self.tenant, by=self.people[0], campaign_id=campaign.pk, record=record)

    def _measure(self, campaign_id: uuid.UUID, name: str, value: str) -> None:
        said = {"metricName": name, "metricValue": value, "recordedAt": timezone.now()}
        record = MetricRecord.parse(said, tenant=self.tenant)
        record_metric(
            tenant=self.tenant,
            by=self.people[0],
            kind=AssetKind.CAMPAIGN,
            asset_id=campaign_id,
            record=record,
        )

    def _change(self, key: str, said: Said) -> None:
        asset = self._any(key)
        record = RECORDS[asset.kind].parse(said, tenant=self.tenant)
        update_asset(tenant=self.tenant, by=self.people[-1], asset_id=asset.pk, record=record)

    def _keep(self) -> None:
        """Templates, a segment that follows, a shared target, and what lies in the bin."""
        who: dict[str, Any] = {"tenant": self.tenant, "by": self.people[0]}
        for key, (name, description) in self.story.templates.items():
            asset = self._any(key)
            said = {"templateName": name, "description": description, "isPublic": True}
            record = TemplateRecord.parse(said, tenant=self.tenant)
            save_as_template(**who, kind=asset.kind, asset_id=asset.pk, record=record)
        for key in self.story.follows:
            target = self._at(key, AssetKind.TARGET_PROFILE)
            follow_target(**who, target_id=target.pk, name=target.name)
            colleague = self.people[-1].id
            if colleague is not None:
                shared: dict[str, Any] = {"user_id": colleague, "level": PermissionLevel.EDIT}
                grant_permission(**who, kind=target.kind, asset_id=target.pk, **shared)
        for key in self.story.binned:
            asset = self._any(key)
            delete_asset(**who, kind=asset.kind, asset_id=asset.pk)
