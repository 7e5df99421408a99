"""What single kinds of assets can do besides."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.api import bodies, endpoints, findings, parts
from campaigns.api.views.assets import OneAsset
from campaigns.budgeting.dispatcher import DispatcherBudget, IncomingDispatcherBudget, dispatched, record_from
from campaigns.budgeting.pacing import pacing_of
from campaigns.budgeting.periods import local_today
from campaigns.choices import AssetKind, PermissionLevel
from campaigns.effective import effective_parts
from campaigns.linting import Message, lint
from campaigns.models import BudgetSpend, CampaignProfileUsage
from campaigns.operations.create_asset import create_asset
from campaigns.operations.record_spend import record_spend
from campaigns.operations.target_segments import follow_target, unfollow_target
from campaigns.operations.use_in_campaign import UsageRecord, end_usage, use_in_campaign
from campaigns.operations.writing import find_asset
from campaigns.spending import SpendRecord
from campaigns.targeting.size import live_size, overlap_of, sample_of
from cdp.api.paging import PageMeta, PageQuery
from cdp.api.views import ApiViewSet
from cdp.permissions import PROFILE_READ, PROFILE_WRITE
from profiles.counting import bounded


class TargetViewSet(OneAsset, ApiViewSet):
    """Whom target profiles meet."""

    kind = AssetKind.TARGET_PROFILE

    def found(self) -> Any:
        """Return the target the address names."""
        return find_asset(self.kind, self.asset_id)

    @endpoints.target_size
    def size(self, request: Request, target_id: uuid.UUID) -> findings.SizeAnswer:
        """Counted now, over the active customers."""
        return findings.SizeAnswer.model_validate(live_size(self.found(), local_today(self.tenant)))

    @endpoints.target_sample
    def sample(self, request: Request, target_id: uuid.UUID) -> findings.SampleAnswer:
        """Also needs `profile:read`: it shows customers."""
        self.require(PROFILE_READ)
        found = sample_of(self.found(), local_today(self.tenant))
        return findings.SampleAnswer.model_validate({"data": found})

    @endpoints.target_overlap
    def overlap(self, request: Request, target_id: uuid.UUID, query: bodies.OverlapQuery) -> Any:
        """Counted now; `similarity` is both of either (Jaccard), from 0 to 1."""
        other = find_asset(self.kind, query.other_target_id)
        found = overlap_of(self.found(), other, local_today(self.tenant))
        return findings.OverlapAnswer.model_validate(found)

    @endpoints.follow_target
    def follow(self, request: Request, target_id: uuid.UUID, body: bodies.TargetSegmentBody) -> Any:
        """The segment keeps itself current. Also needs `profile:write`."""
        self.require(PROFILE_WRITE)
        followed = follow_target(tenant=self.tenant, by=self.actor, target_id=target_id, name=body.name)
        return findings.TargetSegmentAnswer.model_validate(followed)

    @endpoints.unfollow_target
    def unfollow(self, request: Request, target_id: uuid.UUID) -> Response:
        """The segment stays with the customers it holds."""
        unfollow_target(tenant=self.tenant, by=self.actor, target_id=target_id)
        return Response(status=204)


class LintViewSet(OneAsset, ApiViewSet):
    """Messages held against their brand."""

    kind = AssetKind.BRAND_GUIDELINE

    @endpoints.lint_message
    def create(self, request: Request, brand_id: uuid.UUID, body: Message) -> findings.LintAnswer:
        """Colours, fonts, words, tones and reading level; each finding names the rule it breaks."""
        return findings.LintAnswer.model_validate(lint(find_asset(self.kind, brand_id), body))


class BudgetViewSet(OneAsset, ApiViewSet):
    """Money."""

    kind = AssetKind.BUDGET
    blank = "budget"

    @endpoints.list_spends
    def spends(self, request: Request, budget_id: uuid.UUID, query: PageQuery) -> parts.SpendPage:
        """The newest day first."""
        budget = find_asset(self.kind, budget_id, deleted=None)
        rows = BudgetSpend.objects.filter(budget=budget).order_by("-spent_on", "-id")
        total = bounded(rows)
        meta = PageMeta.of(query, total.number, is_exact=total.is_exact)
        return parts.SpendPage.model_validate({"data": list(rows[query.window]), "meta": meta})

    @endpoints.record_spend
    def spend(self, request: Request, budget_id: uuid.UUID, body: SpendRecord) -> parts.SpendAnswer:
        """The same idempotency key spends once; a negative amount takes back."""
        spend = record_spend(tenant=self.tenant, by=self.actor, budget_id=budget_id, record=body)
        return parts.SpendAnswer.model_validate(spend)

    @endpoints.budget_pacing
    def pacing(self, request: Request, budget_id: uuid.UUID) -> parts.PacingAnswer:
        """Of the current period, in the tenant's time zone."""
        found = pacing_of(find_asset(self.kind, budget_id), tenant=self.tenant, now=timezone.now())
        return parts.PacingAnswer.model_validate(found)

    @endpoints.dispatch_budget
    def dispatch_form(self, request: Request, budget_id: uuid.UUID) -> DispatcherBudget:
        """Amounts in millionths, as text."""
        return dispatched(find_asset(self.kind, budget_id))

    @endpoints.take_budget
    def take(self, request: Request, body: IncomingDispatcherBudget) -> Response:
        """The dispatcher's list of campaigns is not taken: usages say which campaign uses what."""
        record = record_from(body, tenant=self.tenant)
        return self.shown(create_asset(tenant=self.tenant, by=self.actor, record=record), status=201)


class UsageViewSet(OneAsset, ApiViewSet):
    """What campaigns use."""

    kind = AssetKind.CAMPAIGN
    queryset = CampaignProfileUsage.objects.all()

    @endpoints.list_usages
    def list(self, request: Request, campaign_id: uuid.UUID, query: PageQuery) -> parts.UsagePage:
        """The active one, if there is one, and the history."""
        campaign = find_asset(self.kind, campaign_id, deleted=None)
        rows = CampaignProfileUsage.objects.filter(campaign=campaign).order_by("-created_at", "-id")
        meta = PageMeta.of(query, rows.count())
        return parts.UsagePage.model_validate({"data": list(rows[query.window]), "meta": meta})

    @endpoints.use_in_campaign
    def update(self, request: Request, campaign_id: uuid.UUID, body: UsageRecord) -> parts.UsageAnswer:
        """Takes the place of what the campaign used before."""
        self.need(PermissionLevel.EDIT)
        usage = use_in_campaign(tenant=self.tenant, by=self.actor, campaign_id=campaign_id, record=body)
        return parts.UsageAnswer.model_validate(usage)

    @endpoints.end_usage
    def destroy(self, request: Request, campaign_id: uuid.UUID) -> Response:
        """It stays as history."""
        self.need(PermissionLevel.EDIT)
        end_usage(tenant=self.tenant, by=self.actor, campaign_id=campaign_id)
        return Response(status=204)

    @endpoints.effective_parts
    def effective(self, request: Request, campaign_id: uuid.UUID) -> parts.EffectiveAnswer:
        """The container's parts, with the exceptions in their place."""
        found = effective_parts(find_asset(self.kind, campaign_id, deleted=None))
        return parts.EffectiveAnswer.model_validate(found)
