"""Changing the settings of a tenant."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cdp import audit
from cdp.actors import Actor
from cdp.errors import Forbidden, Invalid
from cdp.models import Tenant
from cdp.operations.standing import PLATFORM_RANK, standing_of
from cdp.permissions import SETTINGS_WRITE
from cdp.tenancy.context import tenant_context

# Programs name the tenant by its short name; only the platform closes a company, or opens its own network.
PLATFORM_FIELDS = ("slug", "is_active", "allowed_hosts")


@dataclass(frozen=True, slots=True)
class TenantSettings:
    """What a tenant can be set to; those of PLATFORM_FIELDS are left alone when None."""

    name: str
    region: str
    time_zone: str
    currency: str
    blocked_values: dict[str, list[str]] = field(default_factory=dict)
    slug: str | None = None
    is_active: bool | None = None
    allowed_hosts: list[str] | None = None


def update_tenant(*, tenant: Tenant, by: Actor, settings: TenantSettings) -> Tenant:
    """Store the settings; raises Invalid naming each field, and Forbidden."""
    with tenant_context(tenant), transaction.atomic():
        standing = standing_of(by, tenant)
        standing.require(SETTINGS_WRITE)
        row = Tenant.objects.select_for_update(no_key=True).get(pk=tenant.pk)
        wanted = {name: value for name, value in asdict(settings).items() if value is not None}
        before = {name: getattr(row, name) for name in wanted}
        changes = audit.changed_fields(before, wanted)
        if standing.rank < PLATFORM_RANK and set(changes) & set(PLATFORM_FIELDS):
            raise Forbidden(
                _(
                    "Only the platform's own people can change the short name, close a company, or let it "
                    "call hosts inside a private network."
                )
            )
        for name, (_before, value) in changes.items():
            setattr(row, name, value)
        check_tenant(row)
        if changes:
            row.save(update_fields=[*changes, "updated_at"])
            audit.record(verb="tenant.update", obj=row, by=by, changes=changes)
    return row


def check_tenant(tenant: Tenant) -> None:
    """Raise Invalid naming each field that is not acceptable."""
    try:
        tenant.full_clean()
    except ValidationError as error:
        raise Invalid(_("See errors for each field."), fields=error.message_dict) from error
