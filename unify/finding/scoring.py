"""From the pairs of a batch to what is stored of them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from functools import cache

import duckdb

from unify.finding.family import Pair, family_pairs
from unify.finding.policy import FAMILY, FAMILY_SCORE
from unify.finding.storing import Scored
from unify.matching import MatchModel
from unify.matching.batch import pair_batches
from unify.registries import family_links


def scored_pairs(
    batch: duckdb.DuckDBPyConnection, model: MatchModel, *, least_score: float
) -> Iterator[Scored]:
    """Return the batch's pairs of at least that score, relatives with the score relatives may have.

    Who is family is asked at once: the pairs are read while the connection copies them in.
    """
    return _scored(batch, model, _family(batch), least_score)


def _scored(
    batch: duckdb.DuckDBPyConnection, model: MatchModel, family: set[Pair], least_score: float
) -> Iterator[Scored]:
    names = [comparison.output_column_name for comparison in model.comparisons]
    # Pairs by the thousand share few combinations of levels.
    as_json = cache(lambda levels: json.dumps(dict(zip(names, levels, strict=True))))
    for rows in pair_batches(batch):
        columns = rows.to_pydict()
        gammas = list(zip(*(columns[f"gamma_{name}"] for name in names), strict=True))
        fields = (columns[name] for name in ("id_l", "id_r", "score", "weight", "conflicts"))
        for (one, other, score, weight, told), levels in zip(zip(*fields, strict=True), gammas, strict=True):
            # A batch names them in the order of its rows, which is not the same in each.
            low, high = (one, other) if one < other else (other, one)
            conflicts = tuple(told.split(",")) if told else ()
            if family and (uuid.UUID(low), uuid.UUID(high)) in family:
                score, conflicts = min(score, FAMILY_SCORE), (*conflicts, FAMILY)  # noqa: PLW2901
            if score >= least_score:
                yield Scored(low, high, score, weight, as_json(levels), conflicts)


def _family(batch: duckdb.DuckDBPyConnection) -> set[Pair]:
    if not family_links.items():
        return set()
    people = batch.execute("SELECT id_l FROM pairs UNION SELECT id_r FROM pairs").fetchall()
    return family_pairs([uuid.UUID(person) for (person,) in people])
