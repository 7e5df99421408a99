"""Which sources a tenant's customers come from."""

from __future__ import annotations

from django.db import connection

from cdp.tenancy.context import require_tenant_id
from profiles.choices import Source

MOST_SOURCES = 50
# One index probe per source; SELECT DISTINCT would read every identifier.
_DISTINCT = """
WITH RECURSIVE found (source) AS (
    (SELECT source FROM profile_identifiers WHERE tenant_id = %(tenant)s ORDER BY source LIMIT 1)
    UNION ALL
    SELECT (SELECT source FROM profile_identifiers
             WHERE tenant_id = %(tenant)s AND source > found.source ORDER BY source LIMIT 1)
      FROM found WHERE found.source IS NOT NULL
)
SELECT source FROM found WHERE source IS NOT NULL LIMIT %(most)s
"""


def known_sources() -> list[str]:
    """Return the sources identifiers come from and those known by name, sorted."""
    with connection.cursor() as cursor:
        cursor.execute(_DISTINCT, {"tenant": require_tenant_id(), "most": MOST_SOURCES})
        found = {source for (source,) in cursor.fetchall()}
    return sorted({*found, *Source.values}, key=str.lower)
