"""A row of every model that has an admin, in a tenant; shared by the tests that walk all admins."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.urls import reverse

from cdp.admin.base import PlatformModelAdmin
from cdp.models import ApiKey, AuditEntry, Membership, Tenant
from cdp.tenancy.context import tenant_context
from cdp.tenancy.models import TenantModel
from profiles.imports.models import ImportRun
from profiles.models import ProfileTally, Tag
from profiles.operations.create_profile import create_profile
from profiles.records import ProfileRecord
from tests.factories.profiles import (
    CustomerEventFactory,
    ProfileIdentifierFactory,
    ProfileTagFactory,
    SegmentMembershipFactory,
)
from tests.rows import make_row
from tests.world import World

PLATFORM_ONLY = {
    model
    for model, model_admin in admin.site._registry.items()
    if isinstance(model_admin, PlatformModelAdmin)
}
OURS = sorted(
    (model for model in admin.site._registry if model not in PLATFORM_ONLY),
    key=lambda model: model._meta.label,
)


def rows_of(world: World, tenant: Tenant) -> dict[type[models.Model], Any]:
    """Make and return one row of every model a member of the tenant may see in the admin."""
    owner = world.alice if tenant == world.acme else world.charlie
    with tenant_context(tenant):
        data = {"name": f"Customer of {tenant.slug}", "email": f"one@{tenant.slug}.example.com"}
        profile = create_profile(
            tenant=tenant, by=owner.actor, record=ProfileRecord.parse(data, tenant=tenant)
        )
        made: list[Any] = [
            profile,
            ProfileIdentifierFactory(profile=profile),
            profile.contact_points.get(),
            CustomerEventFactory(profile=profile),
            ProfileTagFactory(profile=profile),
            SegmentMembershipFactory(profile=profile),
            AuditEntry.objects.earliest("at"),
            tenant,
            Membership.objects.get(tenant=tenant, user=owner),
            ApiKey.objects.get(tenant=tenant),
        ]
        rows: dict[type[models.Model], Any] = {type(row): row for row in made}
        rows[Tag] = made[4].tag
        rows[type(made[5].segment)] = made[5].segment
        rows[ImportRun] = ImportRun.objects.create(source="ERP", file_name="customers.csv")
        rows[ProfileTally] = ProfileTally.objects.first()
        for model in OURS:
            if issubclass(model, TenantModel) and model not in rows:
                rows[model] = make_row(model)
    return rows


def address(model: type[models.Model], page: str, *args: Any) -> str:
    """Return the address of a page of a model's admin."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)
