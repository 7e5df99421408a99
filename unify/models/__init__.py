"""Matching, deciding and merging."""

from unify.models.bulk_decision import BulkDecision
from unify.models.match_model import MatchModelVersion
from unify.models.match_record import MatchKey, MatchRecord
from unify.models.match_run import MatchRun
from unify.models.match_settings import MatchSettings
from unify.models.merge import Merge, MergedRows, MergeGroup
from unify.models.review import Candidate, ReviewCase, Verdict

__all__ = [
    "BulkDecision",
    "Candidate",
    "MatchKey",
    "MatchModelVersion",
    "MatchRecord",
    "MatchRun",
    "MatchSettings",
    "Merge",
    "MergeGroup",
    "MergedRows",
    "ReviewCase",
    "Verdict",
]
