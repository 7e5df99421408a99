"""A labelled file through the matching of the product: how good, how fast, how large."""

from __future__ import annotations

import resource
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from unify.matching.batch import Limits, predict_on
from unify.matching.batch_tables import connect, load_table, record_table
from unify.matching.clusters import joins, mergeable_clusters
from unify.matching.errors import UntrainedLevel
from unify.matching.evaluation.columns import ColumnMapping, map_columns
from unify.matching.evaluation.metrics import (
    Quality,
    best_of_clusters,
    best_of_pairs,
    count_true_pairs,
    of_clusters,
    of_pairs,
    quality,
)
from unify.matching.evaluation.reading import read_rows, records_of
from unify.matching.evaluator import Evaluator
from unify.matching.frequencies import with_frequencies
from unify.matching.model import MatchModel
from unify.matching.record import PersonRecord, extra_column

# Pairs lighter than this are never joined; a pair nobody compared counts as much.
LIGHTEST = -12.0
DEFAULT_REGION = "US"


@dataclass(frozen=True, slots=True)
class Scored:
    """The pairs worth looking at: both records, linkage weight, score and whether they are the same."""

    rows: list[tuple[str, str, float, float, bool]]
    blocking_recall: float
    candidates: int


def evaluate_file(
    path: Path,
    *,
    label: str,
    given: Mapping[str, Sequence[str]],
    train: bool = False,
    region: str = DEFAULT_REGION,
    today: date | None = None,
) -> dict[str, Any]:
    """The report on one labelled file, fit for JSON."""
    started = time.perf_counter()
    header, rows = read_rows(path)
    mapping = map_columns(header, rows, label=label, given=given)
    extras = {extra_column(number): column for number, column in enumerate(mapping.extras, 1)}
    records = list(records_of(rows, mapping, extras, region=region, today=today or date.today()))  # noqa: DTZ011
    labels = {record.id: _label(row, label, record.id) for record, row in zip(records, rows, strict=True)}
    table = record_table(records, extras=list(extras))
    model = with_frequencies(MatchModel.shipped(len(records), extras=extras), table)
    untrained: list[str] = []
    if train:
        model, untrained = _trained(model, table)
    with connect() as connection:
        scored = _scored(connection, model, table, labels)
    report = _report(scored, model, {record.id: record for record in records}, labels)
    return {
        **report,
        "blocking_recall": round(scored.blocking_recall, 6),
        "seconds": round(time.perf_counter() - started, 3),
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "records": len(records),
        "entities": len(set(labels.values())),
        "true_pairs": count_true_pairs(labels.values()),
        "candidate_pairs": scored.candidates,
        "trained": train,
        "not_learned": untrained,
        **_described(mapping),
    }


def _label(row: Mapping[str, str], label: str, record_id: str) -> str:
    """A row without a label is an entity of its own."""
    return row.get(label, "").strip() or f"\0{record_id}"


def _described(mapping: ColumnMapping) -> dict[str, Any]:
    return {
        "kind": mapping.kind,
        "columns": {name: list(columns) for name, columns in mapping.fields.items()},
        "further_columns": list(mapping.extras),
        "ignored_columns": list(mapping.ignored),
    }


def _trained(model: MatchModel, table: pa.Table) -> tuple[MatchModel, list[str]]:
    from unify.matching.training import train  # noqa: PLC0415 - heavy, and wanted by --train alone

    learned = train(table, base=model)
    try:
        return learned.validate_trained(), []
    except UntrainedLevel as error:
        return learned.completed_from(model), error.levels


def _scored(
    connection: duckdb.DuckDBPyConnection, model: MatchModel, table: pa.Table, labels: Mapping[str, str]
) -> Scored:
    connection.register("labels", pa.table({"id": list(labels), "label": list(labels.values())}))
    load_table(connection, table)
    predict_on(connection, model, Limits(least_weight=LIGHTEST))
    rows = connection.execute(
        "SELECT id_l, id_r, linkage, score, a.label = b.label FROM pairs"
        " JOIN labels AS a ON a.id = id_l JOIN labels AS b ON b.id = id_r ORDER BY linkage DESC, id_l, id_r"
    ).fetchall()
    ((candidates, true_found),) = connection.execute(
        "WITH labelled AS (SELECT records.id, label FROM records JOIN labels ON labels.id = record_id)"
        " SELECT count(*), coalesce(sum((a.label = b.label)::INT), 0) FROM candidates"
        " JOIN labelled AS a ON a.id = join_key_l JOIN labelled AS b ON b.id = join_key_r"
    ).fetchall()
    recall = quality(int(true_found), candidates, count_true_pairs(labels.values())).recall
    return Scored(rows, recall, candidates)


def _report(
    scored: Scored, model: MatchModel, records: Mapping[str, PersonRecord], labels: Mapping[str, str]
) -> dict[str, Any]:
    true_pairs = count_true_pairs(labels.values())
    evaluator = Evaluator(model)
    known = {(left, right): score for left, right, _, score, _ in scored.rows}

    def score_of(left: str, right: str) -> float:
        found = known.get((left, right), known.get((right, left)))
        return evaluator.evaluate(records[left], records[right]).score if found is None else found

    def at(threshold: float) -> dict[str, Any]:
        pairs = of_pairs((same for *_, score, same in scored.rows if score >= threshold), true_pairs)
        edges = [(left, right, score) for left, right, _, score, _ in scored.rows if score >= threshold]
        clusters = mergeable_clusters(
            edges, score_of, least_score=model.review_score, largest=model.largest_cluster
        )
        return _both(pairs, of_clusters(clusters, labels, true_pairs))

    weighted = [(weight, same) for _, _, weight, _, same in scored.rows]
    joined = joins((left, right, weight) for left, right, weight, _, _ in scored.rows)
    return {
        "auto": at(model.merge_score),
        "review": at(model.review_score),
        "best": _both(best_of_pairs(weighted, true_pairs), best_of_clusters(joined, labels, true_pairs)),
    }


def _both(pairs: Quality, clusters: Quality) -> dict[str, Any]:
    return {"pairs": pairs.as_dict(), "clusters": clusters.as_dict()}
