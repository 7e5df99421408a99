"""Active customers as arrays: who they are, and whether, how and when they may be contacted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from django.db import connection

from cdm.insights.orders.book import Flags, Ints
from cdm.recommending.arrow import arrow_table
from cdp.models import Tenant

# Customers and products are numbered once, so that whatever is read next names them by whole numbers.
_NUMBER = """
CREATE TEMP TABLE numbered_customers ON COMMIT DROP AS
SELECT (row_number() OVER (ORDER BY id) - 1)::int AS number, id
  FROM profiles WHERE tenant_id = %(tenant)s AND status = 'ACTIVE';
CREATE UNIQUE INDEX ON numbered_customers (id);
ANALYZE numbered_customers;
CREATE TEMP TABLE numbered_products ON COMMIT DROP AS
SELECT (row_number() OVER (ORDER BY sku COLLATE "C") - 1)::int AS number, id
  FROM products WHERE tenant_id = %(tenant)s;
CREATE UNIQUE INDEX ON numbered_products (id);
ANALYZE numbered_products
"""
_CUSTOMERS = """
SELECT p.id,
       (p.created_at AT TIME ZONE %(zone)s)::date - DATE '1970-01-01',
       NOT coalesce(p.contact_preferences -> 'doNotContact', 'false') @> 'true',
       p.phone <> '' OR p.email <> '' OR p.messaging_contact_id IS NOT NULL,
       p.phone <> '',
       NOT coalesce(p.contact_preferences -> 'doNotCall', 'false') @> 'true',
       nullif(p.available_time, '')
  FROM numbered_customers AS n JOIN profiles AS p ON p.tenant_id = %(tenant)s AND p.id = n.id
 ORDER BY n.number
"""
_CUSTOMER_COLUMNS = {
    "id": pa.string(),
    "created": pa.int64(),
    "is_allowed": pa.bool_(),
    "is_reachable": pa.bool_(),
    "has_phone": pa.bool_(),
    "is_call_allowed": pa.bool_(),
    "available_time": pa.string(),
}
_PRODUCTS = """
SELECT p.id, p.sku, p.name, p.is_active
  FROM numbered_products AS n JOIN products AS p ON p.tenant_id = %(tenant)s AND p.id = n.id
 ORDER BY n.number
"""
_PRODUCT_COLUMNS = {"id": pa.string(), "sku": pa.string(), "name": pa.string(), "is_active": pa.bool_()}


@dataclass(frozen=True, slots=True)
class Customers:
    """Arrays of one length: a row per active customer, in order of their ids."""

    ids: Sequence[str]
    created: Ints  # the day they became known
    is_allowed: Flags  # has not asked to be left alone
    is_reachable: Flags  # has a phone, an e-mail or a messenger
    has_phone: Flags
    is_call_allowed: Flags
    available_times: dict[int, str]  # where they have said one

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def is_contactable(self) -> Flags:
        return self.is_allowed & self.is_reachable


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The tenant's products, by their numbers."""

    ids: Sequence[str]
    skus: Sequence[str]
    names: Sequence[str]
    is_active: Flags

    def __len__(self) -> int:
        return len(self.ids)


def number_rows(tenant: Tenant) -> None:
    """Number customers and products in temporary tables that end with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS numbered_customers, numbered_products")
        for statement in _NUMBER.split(";"):
            cursor.execute(statement, {"tenant": tenant.pk})


def read_customers(tenant: Tenant) -> Customers:
    """Return the numbered customers."""
    table = arrow_table(_CUSTOMERS, _CUSTOMER_COLUMNS, tenant=tenant.pk, zone=tenant.time_zone)
    times = table["available_time"].combine_chunks()
    said = np.flatnonzero(times.is_valid().to_numpy(zero_copy_only=False))
    return Customers(
        ids=table["id"].to_pylist(),
        created=numbers(table["created"]),
        is_allowed=flags(table["is_allowed"]),
        is_reachable=flags(table["is_reachable"]),
        has_phone=flags(table["has_phone"]),
        is_call_allowed=flags(table["is_call_allowed"]),
        available_times=dict(zip(said.tolist(), times.take(pa.array(said)).to_pylist(), strict=True)),
    )


def read_catalogue(tenant: Tenant) -> Catalogue:
    """Return the numbered products."""
    table = arrow_table(_PRODUCTS, _PRODUCT_COLUMNS, tenant=tenant.pk)
    names = [name or sku for name, sku in zip(*(table[c].to_pylist() for c in ("name", "sku")), strict=True)]
    return Catalogue(table["id"].to_pylist(), table["sku"].to_pylist(), names, flags(table["is_active"]))


def numbers(column: Any) -> Ints:
    """Return a column as whole numbers."""
    return np.asarray(column.to_numpy(), dtype=np.int64)


def flags(column: Any) -> Flags:
    """Return a column as true and false."""
    return np.asarray(column.to_numpy(), dtype=np.bool_)
