"""Both sides of the two-tenant world: a row of every tenant model in each, linked to one another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection

from cdp.models import ApiKey, Membership, Tenant, User
from cdp.tenancy.context import tenant_context
from cdp.tenancy.expected import tenant_keys, tenant_models
from tests.rows import make_row
from tests.world import World

# No word of ours; it must never be read on the other side.
MARKER = "Zenithsecret"
# Enough of it to be found by a search, and not it: pages repeat what was searched for.
SEARCH = "zenithse"


@dataclass
class Side:
    """One tenant with a row of every tenant model, and the global rows that are the tenant's by hand."""

    tenant: Tenant
    user: User
    marker: str
    rows: dict[str, Any] = field(default_factory=dict)

    def row(self, label: str) -> Any:
        """Return the tenant's row of the model; it is made when it is asked for first."""
        if label not in self.rows:
            model: Any = apps.get_model(label)
            self.rows[label] = make_row(model, self.marker, **self._linked(model))
        return self.rows[label]

    def _linked(self, model: Any) -> dict[str, Any]:
        """Return the rows a row points to; a second key to one model gets a row of its own."""
        linked: dict[str, Any] = {}
        for key in tenant_keys(model):
            target: Any = key.related_model
            if target is model:
                continue
            shared = self.row(target._meta.label)
            linked[key.name] = make_row(target, self.marker) if shared in linked.values() else shared
        return linked

    def pk(self, label: str) -> str:
        """Return the key of the row as it stands in an address."""
        return str(self.row(label).pk)


def make_sides(world: World) -> tuple[Side, Side]:
    """Fill both tenants; return acme, who asks, and zenith, the stranger."""
    ours = Side(world.acme, world.alice, "Acmeown")
    theirs = Side(world.zenith, world.charlie, MARKER)
    Tenant.objects.filter(pk=world.zenith.pk).update(name=MARKER)
    User.objects.filter(pk=world.charlie.pk).update(name=MARKER, email=f"{MARKER}@example.com".lower())
    ApiKey.objects.filter(tenant=world.zenith).update(name=MARKER)
    for side in (ours, theirs):
        with tenant_context(side.tenant):
            for model in tenant_models():
                side.row(model._meta.label)
        side.rows["cdp.Tenant"] = side.tenant
        side.rows["cdp.User"] = side.user
        side.rows["cdp.Membership"] = Membership.objects.get(tenant=side.tenant, user=side.user)
        side.rows["cdp.ApiKey"] = ApiKey.objects.filter(tenant=side.tenant).first()
    return ours, theirs


def state_of(side: Side) -> dict[str, str]:
    """Return a fingerprint of everything the tenant has, table by table.

    It is asked for after every address, so the server plans the long statement once.
    """
    tables = {model._meta.db_table: f"tenant_id = '{side.tenant.pk}'" for model in tenant_models()}
    tables |= dict.fromkeys(("memberships", "api_keys"), f"tenant_id = '{side.tenant.pk}'")
    tables |= {"tenants": f"id = '{side.tenant.pk}'", "users": f"id = '{side.user.pk}'"}
    query = " UNION ALL ".join(
        f"SELECT '{table}', coalesce(md5(string_agg(t::text, ' ' ORDER BY t::text)), '') FROM {table} t"
        f" WHERE {condition}"
        for table, condition in tables.items()
    )
    with tenant_context(side.tenant), connection.cursor() as cursor:
        name = f"state_of_{side.tenant.pk.hex}"
        cursor.execute("SELECT 1 FROM pg_prepared_statements WHERE name = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f"PREPARE {name} AS {query}")
        cursor.execute(f"EXECUTE {name}")
        return dict(cursor.fetchall())
