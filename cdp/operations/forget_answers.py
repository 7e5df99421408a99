"""Forgetting the answers kept for repeated requests."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from cdp.models import StoredAnswer, Tenant
from cdp.tenancy.context import tenant_context

KEPT = timedelta(days=1)
_AT_ONCE = 1_000


def expired_answers() -> QuerySet[StoredAnswer]:
    """Return the answers of the tenant that are too old to be given again."""
    return StoredAnswer.objects.filter(created_at__lt=timezone.now() - KEPT)


def forget_answers() -> int:
    """Delete every tenant's answers that are too old, some at a time; return how many."""
    forgotten = 0
    for tenant in Tenant.objects.all():
        with tenant_context(tenant):
            while ids := list(
                expired_answers().order_by("created_at").values_list("pk", flat=True)[:_AT_ONCE]
            ):
                forgotten += StoredAnswer.objects.filter(pk__in=ids).delete()[0]
    return forgotten
