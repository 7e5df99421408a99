"""What the models ask of the database."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps

from cdp.tenancy.catalog import Catalog, Key
from cdp.tenancy.models import TenantForeignKey, TenantModel


@dataclass(frozen=True)
class Expected:
    """Tables of tenants, the tables other tables point to, the keys that do so, and the ledgers."""

    tables: frozenset[str]
    keys: frozenset[Key]
    append_only: frozenset[str]

    @property
    def targets(self) -> frozenset[str]:
        """Return the tables that need UNIQUE (tenant_id, id)."""
        return frozenset(key.target for key in self.keys)

    def present_in(self, catalog: Catalog) -> Expected:
        """Leave out what a half-migrated database does not have yet."""
        tables = frozenset(t for t in self.tables & catalog.tables if (t, "tenant_id") in catalog.columns)
        return Expected(
            tables=tables,
            keys=frozenset(
                key
                for key in self.keys
                if {key.table, key.target} <= tables and (key.table, key.column) in catalog.columns
            ),
            append_only=self.append_only & tables,
        )


def tenant_models() -> list[type[TenantModel]]:
    """Return every concrete tenant model with a table of its own, in a stable order."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if issubclass(model, TenantModel) and model._meta.managed and not model._meta.proxy
    ]
    return sorted(found, key=lambda model: model._meta.db_table)


def tenant_keys(model: type[TenantModel]) -> list[TenantForeignKey]:
    """Return the foreign keys of ``model`` to other tenant models."""
    return [field for field in model._meta.local_fields if isinstance(field, TenantForeignKey)]


def expected() -> Expected:
    """Read the models."""
    models = tenant_models()
    return Expected(
        tables=frozenset(model._meta.db_table for model in models),
        keys=frozenset(
            Key(model._meta.db_table, key.column, key.related_model._meta.db_table)
            for model in models
            for key in tenant_keys(model)
        ),
        append_only=frozenset(model._meta.db_table for model in models if model.append_only),
    )
