"""Who shares a key with a record: the index of keys, read with a limit per key."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Sequence

from django.db import connection

from cdp.tenancy.context import require_tenant_id
from unify.matching import MatchModel, PersonRecord
from unify.matching.key_hashes import KIND_NUMBERS, hashed_keys, kind_of
from unify.models import MatchRecord
from unify.records.policy import is_indexed

# A key that more customers share than this says nothing to somebody who waits.
MOST_PER_KEY = 50
MOST_COMPARED = 300
_HOLDERS = """
SELECT wanted.key, held.profile_id
  FROM unnest(%(keys)s::bigint[]) AS wanted (key)
 CROSS JOIN LATERAL (
       SELECT k.profile_id FROM match_keys AS k
        WHERE k.tenant_id = %(tenant)s AND k.key = wanted.key
        LIMIT %(limit)s
 ) AS held
"""


def usable_keys(record: PersonRecord, model: MatchModel) -> list[int]:
    """Return the record's indexed keys of the kinds the model blocks by, surest first."""
    kinds = {KIND_NUMBERS[kind] for kind in model.blocking.kinds if kind in KIND_NUMBERS}
    keys = hashed_keys(record)
    return [key for key in keys if is_indexed(key) and KIND_NUMBERS[kind_of(key)] in kinds]


def holders(keys: Sequence[int], *, most: int = MOST_PER_KEY) -> dict[int, list[uuid.UUID]]:
    """Return who holds each key; a list longer than ``most`` means that more do than are worth comparing."""
    found: dict[int, list[uuid.UUID]] = {}
    if not keys:
        return found
    with connection.cursor() as cursor:
        cursor.execute(_HOLDERS, {"tenant": require_tenant_id(), "keys": list(keys), "limit": most + 1})
        for key, profile_id in cursor.fetchall():
            found.setdefault(key, []).append(profile_id)
    return found


def sharers(
    record: PersonRecord, model: MatchModel, *, exclude: Collection[uuid.UUID] = ()
) -> list[uuid.UUID]:
    """Return who shares keys with the record, those with the most keys in common first."""
    keys = usable_keys(record, model)
    shared: Counter[uuid.UUID] = Counter()
    for owners in holders(keys).values():
        if len(owners) <= MOST_PER_KEY:
            shared.update(owner for owner in owners if owner not in exclude)
    return [owner for owner, _ in shared.most_common(MOST_COMPARED)]


def stored(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, PersonRecord]:
    """Return the stored records of these customers; who has none is left out."""
    rows = MatchRecord.objects.filter(profile_id__in=ids).values_list("profile_id", "prepared")
    return {profile_id: PersonRecord.from_json(str(profile_id), prepared) for profile_id, prepared in rows}
