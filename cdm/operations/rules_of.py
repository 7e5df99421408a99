"""A tenant's own thresholds."""

from __future__ import annotations

import secrets

from cdm.models import WorkingRules
from cdp.models import Tenant
from cdp.tenancy.context import tenant_context


def rules_of(tenant: Tenant) -> WorkingRules:
    """Return the tenant's rules; the row is made, with what is usual, the first time anybody asks."""
    with tenant_context(tenant):
        found = WorkingRules.objects.first()
        if found is None:
            # Two who ask at once make one row: the second insert does nothing.
            WorkingRules.objects.bulk_create(
                [WorkingRules(hold_out_salt=secrets.token_hex(16))], ignore_conflicts=True
            )
            found = WorkingRules.objects.get()
        return found
