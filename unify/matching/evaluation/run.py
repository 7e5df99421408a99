"""A labelled file through the matching of the product: how good, how fast, how large."""

from __future__ import annotations

import resource
import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from profiles.normalisation.blocked import is_placeholder
from unify.matching.batch import Limits, predict_on
from unify.matching.batch_tables import connect, load_table, record_table
from unify.matching.errors import NotEnoughData, UntrainedLevel
from unify.matching.evaluation.columns import ColumnMapping, map_columns
from unify.matching.evaluation.metrics import count_true_pairs, quality
from unify.matching.evaluation.reading import read_rows
from unify.matching.evaluation.records import guess_region, known_region, records_of
from unify.matching.evaluation.report import Scored, ScoredPair, report_of
from unify.matching.frequencies import with_frequencies
from unify.matching.model import MatchModel
from unify.matching.record import extra_column

# Pairs lighter than this are never joined; a pair nobody compared counts as much.
LIGHTEST = -12.0


class Training(NamedTuple):
    """The model to go by, and what training left out: levels, or in words why there was none."""

    model: MatchModel
    note: str = ""
    not_learned: tuple[str, ...] = ()


def evaluate_file(
    path: Path,
    *,
    label: str,
    given: Mapping[str, Sequence[str]],
    train: bool = False,
    region: str | None = None,
    today: date | None = None,
) -> dict[str, Any]:
    """The report on one labelled file, fit for JSON."""
    started = time.perf_counter()
    header, rows = read_rows(path)
    mapping = map_columns(header, rows, label=label, given=given)
    extras = {extra_column(number): column for number, column in enumerate(mapping.extras, 1)}
    region = known_region(region) if region else guess_region(rows)
    records = list(records_of(rows, mapping, extras, region=region, today=today or date.today()))  # noqa: DTZ011
    labels = {
        record.id: _label(row, mapping.label, record.id) for record, row in zip(records, rows, strict=True)
    }
    table = record_table(records, extras=list(extras))
    model = with_frequencies(MatchModel.shipped(len(records), extras=extras), table)
    training = _trained(model, table) if train else Training(model, note="not asked for")
    model = training.model
    with connect() as connection:
        scored = _scored(connection, model, table, labels)
    report = report_of(scored, model, {record.id: record for record in records}, labels)
    return {
        **report,
        "blocking_recall": round(scored.blocking_recall, 6),
        "seconds": round(time.perf_counter() - started, 3),
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "records": len(records),
        "entities": len(set(labels.values())),
        "true_pairs": count_true_pairs(labels.values()),
        "candidate_pairs": scored.candidates,
        "trained": not training.note,
        "training_note": training.note,
        "not_learned": list(training.not_learned),
        **_described(mapping),
    }


def _label(row: Mapping[str, str], label: str, record_id: str) -> str:
    """A row without a label is an entity of its own."""
    value = row[label]
    return f"\0{record_id}" if is_placeholder(value) else value


def _described(mapping: ColumnMapping) -> dict[str, Any]:
    return {
        "kind": mapping.kind,
        "columns": {name: list(columns) for name, columns in mapping.fields.items()},
        "further_columns": list(mapping.extras),
        "ignored_columns": list(mapping.ignored),
    }


def _trained(model: MatchModel, table: pa.Table) -> Training:
    """What was learned, or the model as it is and why nothing was."""
    from unify.matching.training import train  # noqa: PLC0415 - heavy, and wanted by --train alone

    try:
        learned = train(table, base=model)
    except NotEnoughData as error:
        return Training(model, note=str(error))
    try:
        return Training(learned.validate_trained())
    except UntrainedLevel as error:
        return Training(learned.completed_from(model), not_learned=tuple(error.levels))


def _scored(
    connection: duckdb.DuckDBPyConnection, model: MatchModel, table: pa.Table, labels: Mapping[str, str]
) -> Scored:
    connection.register("labels", pa.table({"id": list(labels), "label": list(labels.values())}))
    load_table(connection, table)
    predict_on(connection, model, Limits(least_weight=LIGHTEST))
    rows = connection.execute(
        "SELECT id_l, id_r, linkage, score, conflicts <> '', a.label = b.label FROM pairs"
        " JOIN labels AS a ON a.id = id_l JOIN labels AS b ON b.id = id_r ORDER BY linkage DESC, id_l, id_r"
    ).fetchall()
    ((candidates, true_found),) = connection.execute(
        "WITH labelled AS (SELECT records.id, label FROM records JOIN labels ON labels.id = record_id)"
        " SELECT count(*), coalesce(sum((a.label = b.label)::INT), 0) FROM candidates"
        " JOIN labelled AS a ON a.id = join_key_l JOIN labelled AS b ON b.id = join_key_r"
    ).fetchall()
    recall = quality(int(true_found), candidates, count_true_pairs(labels.values())).recall
    return Scored([ScoredPair(*row) for row in rows], recall, candidates)
