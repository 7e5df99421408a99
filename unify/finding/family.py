"""Who is known to be family: evidence against being one."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence

from unify.registries import family_links

Pair = tuple[uuid.UUID, uuid.UUID]


def family_pairs(ids: Sequence[uuid.UUID]) -> set[Pair]:
    """Return the pairs among these customers that are family, the lower id first."""
    return {ordered(*pair) for links in family_links for pair in links(ids)}


def ordered(one: uuid.UUID, other: uuid.UUID) -> Pair:
    """Return the two with the lower id first: how pairs are stored."""
    return (one, other) if one < other else (other, one)


def people_of(pairs: Iterable[Pair]) -> list[uuid.UUID]:
    """Return everybody in these pairs, once."""
    return list(dict.fromkeys(one for pair in pairs for one in pair))
