"""Who is compared with whom, by the engine of this installation: fills the table of pairs of a batch."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
from django.conf import settings

from unify.finding.loading import as_table, batch_directory, folder_prefix
from unify.finding.policy import LARGE
from unify.finding.waiting import add_waiting
from unify.matching import MatchModel
from unify.matching.batch import DUCKDB, PAIRS, Limits, Progress, predict, score_candidates
from unify.matching.candidates import ALL_PAIRS, candidate_pairs
from unify.records.policy import INDEXED_KINDS

_NO_CANDIDATES = (
    "CREATE OR REPLACE TABLE candidates (match_key VARCHAR, join_key_l BIGINT, join_key_r BIGINT)"
)
_ADD_FOUND = f"INSERT INTO {PAIRS} BY NAME FROM found ANTI JOIN {PAIRS} USING (id_l, id_r)"


@dataclass(frozen=True, slots=True)
class Compared:
    """Kinds of keys in use (None: all were compared with all), and pairs compared, where the engine tells."""

    kinds: list[str] | None
    candidates: int = 0


def fill_pairs(
    batch: duckdb.DuckDBPyConnection,
    model: MatchModel,
    limits: Limits,
    *,
    records: int,
    touched: Sequence[uuid.UUID] | None = None,
    progress: Progress | None = None,
) -> Compared:
    """Compare the loaded records, all or those ``touched`` (as in ``limits``), and the pairs that wait."""
    model = affordable(model, records)
    if settings.MATCHING_ENGINE == DUCKDB:
        kinds = candidate_pairs(batch, model.blocking, changed_ids=limits.changed_ids, kinds=limits.kinds)
        add_waiting(batch, touched)
        candidates, _ = score_candidates(batch, model, limits, progress=progress)
    else:
        kinds, candidates = model.blocking.kinds, 0
        _predict_elsewhere(batch, model, limits, touched)
    return Compared(None if compares_all(records) else list(kinds), candidates)


def affordable(model: MatchModel, records: int) -> MatchModel:
    """Return the model with the kinds of keys that a tenant of this size can afford to look up."""
    if records <= LARGE:
        return model
    kinds = tuple(kind for kind in model.blocking.kinds if kind in INDEXED_KINDS)
    return model.model_copy(update={"blocking": model.blocking.model_copy(update={"kinds": kinds})})


def compares_all(records: int) -> bool:
    """Tell whether so few records are all compared with each other, whatever keys they share."""
    return records * (records - 1) // 2 <= ALL_PAIRS


def _predict_elsewhere(
    batch: duckdb.DuckDBPyConnection, model: MatchModel, limits: Limits, touched: Sequence[uuid.UUID] | None
) -> None:
    """Have the other engine find pairs; those that wait are few, and compared here."""
    batch.execute(_NO_CANDIDATES)
    add_waiting(batch, touched)
    score_candidates(batch, model, limits)
    found = predict(
        model,
        as_table(batch),
        engine=settings.MATCHING_ENGINE,
        changed_ids=limits.changed_ids,
        least_score=limits.least_score,
        directory=batch_directory(),
        prefix=folder_prefix(),
    )
    batch.register("found", found)
    batch.execute(_ADD_FOUND)
    batch.unregister("found")
