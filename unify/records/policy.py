"""What records are made from, and which keys are indexed."""

from __future__ import annotations

from datetime import timedelta
from hashlib import blake2b

from cdp.models import Tenant
from unify.matching.key_hashes import HASH_BITS, KIND_NUMBERS

# Raised when records made earlier are no longer what would be made today: then all are made again.
FORMAT = 1
# Customers per batch: more gains nothing, and a batch is what a killed worker loses.
BATCH = 5_000
# Up to here a verb's records are made right after its commit; beyond it a worker makes them.
MOST_AT_ONCE = 200
# A transaction that began earlier may be committed later: the window reaches back this far.
OVERLAP = timedelta(minutes=5)
# The kinds a request, and the search for what changed in a large tenant, look up; the others are so vague
# that only a batch over a small tenant can afford them.
INDEXED_KINDS = ("e", "p", "t", "nb", "np", "sp", "en", "pe", "o", "bp", "ib", "s", "hw", "wp", "n")
_INDEXED = frozenset(KIND_NUMBERS[kind] for kind in INDEXED_KINDS)


def is_indexed(key: int) -> bool:
    """Tell whether a key has a row in the index."""
    return key >> HASH_BITS in _INDEXED


def policy_number(tenant: Tenant) -> int:
    """Return a number that changes when the tenant's records have to be made again."""
    blocked = sorted((kind, *sorted(map(str, values))) for kind, values in tenant.blocked_values.items())
    digest = blake2b(repr((FORMAT, tenant.region, blocked)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
