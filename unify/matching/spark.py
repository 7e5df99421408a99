"""The same model on Splink's Spark backend, for more records than one machine holds.

Blocking, comparing and summing of weights run in Spark; the pairs above the least weight come back and get
score and conflicts from the same SQL as everywhere. Records and pairs travel as Parquet in a directory every
worker sees.
"""

from __future__ import annotations

import importlib.util
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet
import sqlglot
from sqlglot import exp

from unify.matching.batch import ALL, Limits
from unify.matching.batch_tables import FOLDER, connect
from unify.matching.errors import EngineUnavailable
from unify.matching.key_hashes import HASH_BITS, KIND_NUMBERS
from unify.matching.model import MatchModel
from unify.matching.record import is_list
from unify.matching.scores_sql import scored_sql

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOCAL = "local[*]"
_NAMES = {"list_intersect": "array_intersect"}


def why_unavailable() -> str | None:
    """What is missing here for Spark, in words; None when it can run."""
    if importlib.util.find_spec("pyspark") is None:
        return "PySpark is not installed (pip install pyspark)."
    if shutil.which("java") is None:
        return "Java 17 or newer is not installed."
    return None


def predict_on_spark(
    model: MatchModel,
    records: pa.Table,
    limits: Limits = ALL,
    *,
    master: str = LOCAL,
    directory: str | None = None,
    prefix: str = FOLDER,
) -> pa.Table:
    """`batch.predict` on Spark; raises EngineUnavailable where Java or PySpark is missing."""
    if reason := why_unavailable():
        raise EngineUnavailable(reason)
    with tempfile.TemporaryDirectory(prefix=prefix, dir=directory) as name:
        place = Path(name)
        pyarrow.parquet.write_table(records, place / "records.parquet")
        changed = pa.table({"id": pa.array(limits.changed_ids or [], pa.string())})
        pyarrow.parquet.write_table(changed, place / "changed.parquet")
        with _session(master, place) as spark:
            _predict_into(place, spark, model, limits)
        with connect(directory=name) as connection:
            connection.execute(f"CREATE VIEW predicted AS FROM read_parquet('{place}/predicted/*.parquet')")
            return connection.sql(scored_sql(model, "predicted", limits.least_score)).to_arrow_table()


@contextmanager
def _session(master: str, place: Path) -> Iterator[SparkSession]:
    from pyspark.sql import SparkSession  # noqa: PLC0415 - optional, and heavy
    from splink.backends.spark import similarity_jar_location  # noqa: PLC0415

    builder = SparkSession.builder.master(master).appName("matching")
    settings = {
        "spark.jars": similarity_jar_location(),
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "16",
        "spark.sql.warehouse.dir": str(place / "warehouse"),
        # Of the process, not of this batch: its JVM remembers the first it is given, and clears it itself.
        "spark.local.dir": str(place.parent),
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("FATAL")
    spark.sparkContext.setCheckpointDir(str(place / "checkpoints"))
    try:
        yield spark
    finally:
        spark.stop()


def _predict_into(place: Path, spark: SparkSession, model: MatchModel, limits: Limits) -> None:
    from splink import Linker, SparkAPI  # noqa: PLC0415

    spark.read.parquet(str(place / "records.parquet")).createOrReplaceTempView("records")
    spark.read.parquet(str(place / "changed.parquet")).createOrReplaceTempView("changed")
    _candidates(spark, model, is_incremental=limits.changed_ids is not None)
    make_api: Any = SparkAPI
    api = make_api(spark_session=spark, break_lineage_method="parquet")
    linker = Linker(api.register("records"), spark_settings(model), log_level=None, validate_settings=False)
    for column in model.term_frequency_columns():
        rows = [(value, tf) for value, tf in model.term_frequencies.get(column, {}).items()]
        frame = spark.createDataFrame(rows, f"{column} string, tf_{column} double")
        frame.createOrReplaceTempView(f"frequencies_{column}")
        linker.table_management.register_term_frequency_lookup(api.register(f"frequencies_{column}"), column)
    linker.table_management.register_blocked_pairs_for_predict(api.register("candidates"))
    predicted = linker.inference.predict(threshold_match_weight=limits.least_weight, warning_mode="never")
    spark.table(predicted.physical_name).write.parquet(str(place / "predicted"))


def _candidates(spark: SparkSession, model: MatchModel, *, is_incremental: bool) -> None:
    """As `candidates` does in DuckDB, without the budget: a cluster is asked for when there is none."""
    kinds = ", ".join(str(KIND_NUMBERS[kind]) for kind in model.blocking.kinds)
    spark.sql(
        "SELECT key, id, count(*) OVER (PARTITION BY key) AS n"  # noqa: S608 - kinds are numbers
        " FROM (SELECT explode(keys) AS key, id FROM records)"
        f" WHERE shiftright(key, {HASH_BITS}) IN ({kinds})"
    ).where(f"n BETWEEN 2 AND {model.blocking.most_records_per_key}").createOrReplaceTempView("keyed")
    changed = "AND (a.id IN (SELECT id FROM changed) OR b.id IN (SELECT id FROM changed))"
    spark.sql(
        "SELECT DISTINCT '0' AS match_key, a.id AS join_key_l, b.id AS join_key_r"  # noqa: S608
        " FROM keyed AS a JOIN keyed AS b"
        f" ON a.key = b.key AND a.id < b.id {changed if is_incremental else ''}"
    ).createOrReplaceTempView("candidates")


def spark_settings(model: MatchModel) -> dict[str, Any]:
    """Splink's settings with every condition in Spark's words."""
    settings = model.splink_settings()
    for comparison in settings["comparisons"]:
        for level in comparison["comparison_levels"]:
            if level["sql_condition"] != "ELSE":
                level["sql_condition"] = spark_condition(level["sql_condition"])
    return settings


def spark_condition(condition: str) -> str:
    """A portable condition as Spark understands it."""
    tree = sqlglot.parse_one(condition, read="duckdb").transform(_in_spark)
    return tree.sql(dialect="spark")


def _in_spark(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.JarowinklerSimilarity):
        return _null_aware("jaro_winkler", node.this, node.expression)
    if isinstance(node, exp.ArrayOverlaps):
        return _call("arrays_overlap", node.this, node.expression)
    if isinstance(node, exp.Length) and _is_list(node.this):
        return _call("size", node.this)
    if isinstance(node, exp.Anonymous) and node.name.lower() == "damerau_levenshtein":
        return _null_aware("damerau_levenshtein", *node.expressions)
    if isinstance(node, exp.Anonymous) and (name := _NAMES.get(node.name.lower())):
        return _call(name, *node.expressions)
    return node


def _call(name: str, *arguments: exp.Expr) -> exp.Anonymous:
    """The transformation does not look into what it has put there: the arguments are translated here."""
    return exp.Anonymous(this=name, expressions=[argument.transform(_in_spark) for argument in arguments])


def _null_aware(name: str, one: exp.Expr, other: exp.Expr) -> exp.Expr:
    """Splink's functions for Spark answer 0 where a text is missing; in SQL the answer is unknown."""
    missing = exp.or_(one.copy().is_(exp.null()), other.copy().is_(exp.null()))
    return exp.If(this=missing, true=exp.null(), false=_call(name, one, other))


def _is_list(node: exp.Expr) -> bool:
    if isinstance(node, exp.Column):
        return is_list(node.name[:-2])
    return isinstance(node, exp.Anonymous)
