"""Ending a company's stay: everything it had goes, ledgers included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.files.storage import Storage
from django.db import models, transaction
from psycopg import sql

from cdp.logging import log
from cdp.models import Membership, Tenant, User
from cdp.postgresql.base import wrapper
from cdp.tenancy.context import tenant_context
from cdp.tenancy.expected import tenant_models

_COUNT = sql.SQL("SELECT count(*) FROM {} WHERE tenant_id = %s")
_DELETE = sql.SQL("DELETE FROM {} WHERE tenant_id = %s")


def delete_tenant(*, tenant: Tenant) -> dict[str, int]:
    """Delete the tenant with every row and file it has; return the number of rows by table.

    For the platform's operators, by command: it logs in as the owner, whom append-only tables obey, and so
    cannot run inside a transaction. Who worked nowhere else is deactivated; people are never deleted.
    """
    with wrapper().as_owner():
        with transaction.atomic(), tenant_context(tenant):
            Tenant.objects.select_for_update().get(pk=tenant.pk)
            people = list(Membership.objects.filter(tenant=tenant).values_list("user_id", flat=True))
            files = list(_files())
            deleted = _delete_rows(tenant)
            User.objects.filter(pk__in=people, memberships=None, is_superuser=False).update(is_active=False)
        # Only now: files come back from no rollback.
        for storage, name in files:
            storage.delete(name)
    log.info("tenant deleted", tenant_id=str(tenant.pk), rows=sum(deleted.values()), files=len(files))
    return deleted


def count_rows(tenant: Tenant) -> dict[str, int]:
    """Return how many rows of each table would go."""
    with tenant_context(tenant), wrapper().cursor() as cursor:
        counts = {}
        for table in _tables():
            cursor.execute(_COUNT.format(sql.Identifier(table)), [tenant.pk])
            counts[table] = int(cursor.fetchone()[0])
        return counts


def _tables() -> list[str]:
    """Return the tables with a tenant: those behind the walls, and those looked up before one is known."""
    global_ones = {
        field.model._meta.db_table
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
        and field.related_model is Tenant
        and field.column == "tenant_id"
    }
    return sorted({model._meta.db_table for model in tenant_models()} | global_ones)


def _delete_rows(tenant: Tenant) -> dict[str, int]:
    """Delete in any order, as foreign keys wait for the commit, until triggers add nothing any more."""
    deleted: dict[str, int] = dict.fromkeys(_tables(), 0)
    with wrapper().cursor() as cursor:
        while True:
            found = 0
            for table in deleted:
                cursor.execute(_DELETE.format(sql.Identifier(table)), [tenant.pk])
                deleted[table] += cursor.rowcount
                found += cursor.rowcount
            if not found:
                break
        cursor.execute("DELETE FROM tenants WHERE id = %s", [tenant.pk])
    return deleted


def _files() -> Iterator[tuple[Storage, str]]:
    for model in tenant_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.FileField):
                rows: Any = model.objects.exclude(**{field.name: ""}).values_list(field.name, flat=True)
                yield from ((field.storage, name) for name in rows if name)
