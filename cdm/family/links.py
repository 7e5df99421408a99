"""Who is family, for matching: relatives share a surname, a home and a phone, and are not one."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from cdm.models import FamilyMember
from cdp.tenancy.context import require_tenant_id

_LINKS = """
    SELECT profile_id, relative_id FROM {family}
     WHERE tenant_id = %(tenant)s AND relative_id IS NOT NULL AND profile_id <> relative_id
       AND profile_id = ANY(%(ids)s) AND relative_id = ANY(%(ids)s)
"""


def family_links_among(ids: Sequence[uuid.UUID]) -> Iterable[tuple[uuid.UUID, uuid.UUID]]:
    """Return the pairs among these customers that are linked as family, in one statement."""
    if not ids:
        return []
    said: dict[str, Any] = {"tenant": require_tenant_id(), "ids": list(ids)}
    with connection.cursor() as cursor:
        cursor.execute(_LINKS.format(family=FamilyMember._meta.db_table), said)
        return [(one, other) for one, other in cursor.fetchall()]
