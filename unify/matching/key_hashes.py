"""Blocking keys as 64-bit numbers: what the key table of a tenant and a batch hold.

The number of a key is kind * 2^58 + hash. `hash` is the first 58 bits of the BLAKE2b digest, 8 bytes long, of
the key's text in UTF-8 ("e:ann@shop.com"); `kind` is the number of its kind. So it is never negative and
fits a signed bigint, the kind is told without the text (`kind_of`), and two different keys meet by accident
once in 2^58 pairs, which costs one comparison. Numbers are stored: a kind keeps its number for ever, and one
that is no longer made leaves a gap.
"""

from __future__ import annotations

from hashlib import blake2b

from unify.matching.blocking import MAKERS
from unify.matching.record import PersonRecord

KIND_NUMBERS = {
    "e": 1, "p": 2, "t": 3, "nb": 4, "np": 5, "sp": 6, "en": 7, "pe": 8, "o": 9, "bp": 10, "ib": 11, "s": 12,
    "hw": 13, "wp": 14, "n": 15, "nz": 16, "ny": 17, "ww": 18, "b": 19, "nd": 20, "nc": 21, "x": 22, "w": 23,
    "l": 24,
}  # fmt: skip
HASH_BITS = 58
_MAKERS = tuple((KIND_NUMBERS[kind] << HASH_BITS, f"{kind}:".encode(), make) for kind, make in MAKERS.items())
_KINDS = {number: kind for kind, number in KIND_NUMBERS.items()}


def hashed_key(key: str) -> int:
    """The number of one of `blocking_keys`; raises KeyError for a kind nobody knows."""
    digest = int.from_bytes(blake2b(key.encode(), digest_size=8).digest())
    return KIND_NUMBERS[key.partition(":")[0]] << HASH_BITS | digest >> 64 - HASH_BITS


def hashed_keys(record: PersonRecord) -> list[int]:
    """The numbers of the record's keys, each once, surest first."""
    numbers = [
        base | int.from_bytes(blake2b(start + key.encode(), digest_size=8).digest()) >> 64 - HASH_BITS
        for base, start, make in _MAKERS
        for key in make(record)
    ]
    return list(dict.fromkeys(numbers))


def kind_of(number: int) -> str:
    """The kind of a key by its number."""
    return _KINDS[number >> HASH_BITS]
