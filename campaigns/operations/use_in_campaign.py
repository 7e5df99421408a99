"""Saying what a campaign uses."""

from __future__ import annotations

import uuid
from typing import Annotated, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from pydantic import Field

from campaigns.choices import AssetKind, UsageType
from campaigns.effective import active_usages, parts_of
from campaigns.errors import AssetNotFound
from campaigns.locking import lock_arrangements
from campaigns.models import Campaign, CampaignProfileUsage
from campaigns.operations.assigning import assign_campaigns
from campaigns.operations.preparing import check_parts
from campaigns.operations.writing import find_asset
from campaigns.shapes import Metadata
from cdp import audit
from cdp.actors import Actor
from cdp.api.wire import Incoming
from cdp.errors import Invalid
from cdp.models import Tenant

COLUMNS = ("container_id", "customer_profile_id", "brand_guidelines_id", "budget_id", "usage_type")


class UsageRecord(Incoming):
    """What a campaign uses: a container, parts of its own, or both; the type follows unless it is given."""

    usage_type: UsageType | None = None
    container_id: uuid.UUID | None = None
    customer_profile_id: uuid.UUID | None = None
    brand_guidelines_id: uuid.UUID | None = None
    budget_id: uuid.UUID | None = None
    metadata: Annotated[Metadata, Field(default_factory=Metadata)]

    @property
    def kind(self) -> UsageType:
        """Return the type; raises Invalid when it is not the one that was given."""
        parts = (self.customer_profile_id, self.brand_guidelines_id, self.budget_id)
        has_part = any(part is not None for part in parts)
        if self.container_id is None and not has_part:
            message = gettext("Name a container, a target profile, a brand guideline or a budget.")
            raise Invalid(message, fields={"containerId": [message]})
        both = UsageType.HYBRID if has_part else UsageType.CONTAINER
        kind = both if self.container_id is not None else UsageType.INDIVIDUAL
        if self.usage_type not in {None, kind}:
            message = gettext("What is named makes this %(kind)s.") % {"kind": kind}
            raise Invalid(message, fields={"usageType": [message]})
        return kind


@transaction.atomic
def use_in_campaign(
    *, tenant: Tenant, by: Actor, campaign_id: uuid.UUID, record: UsageRecord
) -> CampaignProfileUsage:
    """Make this what the campaign uses, in place of what it used before; return its one active usage.

    Raises AssetNotFound, Invalid for parts that are not there, BudgetNotShared.
    """
    lock_arrangements(tenant.pk)
    campaign: Campaign = find_asset(AssetKind.CAMPAIGN, campaign_id, lock=True)
    kind = record.kind
    usage = _active(campaign) or CampaignProfileUsage(campaign=campaign, created_by=str(by), version=0)
    before, budget_before = _state(usage), None if usage.version == 0 else budget_id_of(usage)
    for name in COLUMNS[:-1]:
        setattr(usage, name, getattr(record, name))
    usage.usage_type, usage.metadata = kind, record.metadata.as_json()
    _check(usage, before)
    changes = audit.changed_fields(before, _state(usage))
    if changes:
        usage.version += 1
        usage.updated_by = str(by)
        usage.used = _used(usage, campaign)
        usage.save()
        assign_campaigns([budget_before, budget_id_of(usage)])
        audit.record(verb="campaign.use", obj=campaign, by=by, changes=changes)
    return usage


@transaction.atomic
def end_usage(*, tenant: Tenant, by: Actor, campaign_id: uuid.UUID) -> CampaignProfileUsage:
    """End the campaign's active usage; it stays as history. Raises AssetNotFound."""
    lock_arrangements(tenant.pk)
    campaign: Campaign = find_asset(AssetKind.CAMPAIGN, campaign_id, lock=True, deleted=None)
    usage = _active(campaign)
    if usage is None:
        raise AssetNotFound(gettext("usage"))
    end(usage, by=by)
    return usage


def end(usage: CampaignProfileUsage, *, by: Actor) -> None:
    """End one usage: a part of verbs, under the tenant's lock."""
    budget_id = budget_id_of(usage)
    usage.is_active, usage.ended_at, usage.updated_by = False, timezone.now(), str(by)
    usage.save(update_fields=["is_active", "ended_at", "updated_by", "updated_at"])
    assign_campaigns([budget_id])
    audit.record(verb="campaign.end_use", obj=usage, by=by, changes={"is_active": [True, False]})


def _active(campaign: Campaign) -> CampaignProfileUsage | None:
    return next(iter(active_usages(campaign).select_for_update(of=("self",))), None)


def _check(usage: CampaignProfileUsage, before: dict[str, Any]) -> None:
    check_parts(usage, before)
    if usage.container_id is not None and str(usage.container_id) != before["container_id"]:
        try:
            find_asset(AssetKind.CONTAINER, usage.container_id)
        except AssetNotFound as error:
            raise Invalid(
                gettext("See errors for each field."), fields={"containerId": [error.detail]}
            ) from error


def _state(usage: CampaignProfileUsage) -> dict[str, Any]:
    values = {name: getattr(usage, name) for name in COLUMNS}
    plain = {name: None if value is None else str(value) for name, value in values.items()}
    return {**plain, "metadata": usage.metadata}


def budget_id_of(usage: CampaignProfileUsage) -> uuid.UUID | None:
    """Return the budget a usage names, or its container's."""
    if usage.budget_id is not None or usage.container is None:
        return usage.budget_id
    return usage.container.budget_id  # type: ignore[no-any-return]


def _used(usage: CampaignProfileUsage, campaign: Campaign) -> dict[str, Any]:
    """Return names and versions of what is used, for when it is gone."""
    parts = parts_of(usage)
    rows = {
        "campaign": campaign,
        "container": usage.container,
        "customer_profile": parts.target,
        "brand_guidelines": parts.brand,
        "budget": parts.budget,
    }
    return {
        name: {"id": str(row.pk), "name": str(row), "version": row.version}
        for name, row in rows.items()
        if row is not None
    }
