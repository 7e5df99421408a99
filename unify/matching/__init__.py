"""Who is the same customer: one model file, scored in batches by Splink and one by one in Python.

Knows neither Django nor a database: callers bring records and keep results. What needs DuckDB and Splink is
imported by its module (`batch.predict`, `training.train`), so that a web process does not carry them.
"""

from unify.matching.blocking import blocking_keys
from unify.matching.calibration import Verdict, calibrate
from unify.matching.clusters import joins, mergeable_clusters
from unify.matching.errors import (
    EngineUnavailable,
    MatchingError,
    NotEnoughData,
    UnknownFunction,
    UntrainedLevel,
)
from unify.matching.evaluator import Evaluator, LevelReached, PairScore, evaluate
from unify.matching.key_hashes import hashed_key, hashed_keys, kind_of
from unify.matching.model import Calibration, Comparison, Level, MatchModel
from unify.matching.record import ORGANISATION, PERSON, PersonRecord
from unify.matching.scoring import Conflict

__all__ = [
    "ORGANISATION",
    "PERSON",
    "Calibration",
    "Comparison",
    "Conflict",
    "EngineUnavailable",
    "Evaluator",
    "Level",
    "LevelReached",
    "MatchModel",
    "MatchingError",
    "NotEnoughData",
    "PairScore",
    "PersonRecord",
    "UnknownFunction",
    "UntrainedLevel",
    "Verdict",
    "blocking_keys",
    "calibrate",
    "evaluate",
    "hashed_key",
    "hashed_keys",
    "joins",
    "kind_of",
    "mergeable_clusters",
]
