"""The model file: what Splink reads to score a batch, and the evaluator to score one pair."""

from __future__ import annotations

from itertools import starmap
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from unify.matching.conditions import compile_condition
from unify.matching.errors import UntrainedLevel

U_FLOOR = 1e-6
M_FLOOR = 1e-4
_SPLINK_LEVEL = (
    "sql_condition", "label_for_charts", "m_probability", "u_probability", "is_null_level",
    "tf_adjustment_column", "tf_minimum_u_value", "disable_tf_exact_match_detection",
)  # fmt: skip


ColumnName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,60}$")]  # it becomes part of SQL


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Level(_Frozen):
    """One way in which two values agree or differ: how often among the same (m) and among others (u)."""

    sql_condition: str
    label_for_charts: str
    m_probability: float | None = Field(default=None, gt=0, le=1)
    u_probability: float | None = Field(default=None, gt=0, le=1)
    is_null_level: bool = False
    tf_adjustment_column: ColumnName | None = None
    tf_minimum_u_value: float = Field(default=U_FLOOR, gt=0, le=1)
    disable_tf_exact_match_detection: bool = True
    is_conflict: bool = False  # shown to people as a field that differs

    @property
    def is_else(self) -> bool:
        return self.sql_condition == "ELSE"

    @property
    def is_trained(self) -> bool:
        return self.is_null_level or (self.m_probability is not None and self.u_probability is not None)


class Comparison(_Frozen):
    """Everything one field says about a pair: its levels are tried in order, the first that holds counts."""

    output_column_name: ColumnName
    comparison_description: str
    comparison_levels: tuple[Level, ...]

    @model_validator(mode="after")
    def _is_portable(self) -> Self:
        for level in self.comparison_levels:
            if not level.is_else:
                compile_condition(level.sql_condition)
        return self


class Blocking(_Frozen):
    """Which pairs are looked at: kinds of keys in use, and how many records one key may gather."""

    kinds: tuple[Annotated[str, Field(pattern=r"^[a-z]{1,3}$")], ...]
    most_records_per_key: int = Field(default=100, gt=1)


class Caps(_Frozen):
    """The highest score a pair may have in spite of its weight."""

    household: int = 75  # what is personal differs, or nothing personal is known: see conflicts
    tax_id: int = 75
    auth_id: int = 59


class Calibration(_Frozen):
    """Platt scaling from verdicts: probability = 1 / (1 + exp(-(slope * weight + conflict * c + offset)))."""

    slope: float
    offset: float
    conflict: float
    verdicts: int


class MatchModel(_Frozen):
    """One version of the rules by which two records are the same customer."""

    format: Literal[1] = 1
    version: int = 1
    source: Literal["shipped", "trained"] = "shipped"
    probability_two_random_records_match: float = Field(gt=0, lt=1)
    comparisons: tuple[Comparison, ...]
    blocking: Blocking
    term_frequencies: dict[str, dict[str, float]] = Field(default_factory=dict)
    review_score: int = 60
    merge_score: int = 90
    score_map: tuple[tuple[float, int], ...] = ((-30.0, 0), (0.0, 60), (14.0, 90), (34.0, 100))
    caps: Caps = Caps()
    calibration: Calibration | None = None
    largest_cluster: int = 20

    @classmethod
    def shipped(cls, n_records: int, **fields: Any) -> MatchModel:
        """The model of a tenant with no training data, for so many records."""
        from unify.matching.shipped import shipped_model  # noqa: PLC0415 - it builds on these classes

        return shipped_model(n_records, **fields)

    def validate_trained(self) -> Self:
        """Raises UntrainedLevel when a level has no m or no u."""
        missing = [
            f"{comparison.output_column_name}: {level.label_for_charts}"
            for comparison in self.comparisons
            for level in comparison.comparison_levels
            if not level.is_trained
        ]
        if missing:
            raise UntrainedLevel(missing)
        return self

    def completed_from(self, base: MatchModel) -> MatchModel:
        """Each level without m or u as it stands in `base`, whose comparisons must be the same."""
        pairs = zip(self.comparisons, base.comparisons, strict=True)
        return self.model_copy(update={"comparisons": tuple(starmap(_completed, pairs))})

    def splink_settings(self) -> dict[str, Any]:
        """The same model as Splink's settings."""
        return {
            "link_type": "dedupe_only",
            "unique_id_column_name": "id",
            "probability_two_random_records_match": self.probability_two_random_records_match,
            "comparisons": [_splink_comparison(comparison) for comparison in self.comparisons],
            "blocking_rules_to_generate_predictions": [],
            "retain_matching_columns": False,
            "retain_intermediate_calculation_columns": True,
            "additional_columns_to_retain": ["auth_id"],
        }

    def term_frequency_columns(self) -> list[str]:
        columns = (
            level.tf_adjustment_column
            for comparison in self.comparisons
            for level in comparison.comparison_levels
        )
        return list(dict.fromkeys(column for column in columns if column))


def _completed(learned: Comparison, base: Comparison) -> Comparison:
    levels = zip(learned.comparison_levels, base.comparison_levels, strict=True)
    chosen = tuple(level if level.is_trained else shipped for level, shipped in levels)
    return learned.model_copy(update={"comparison_levels": chosen})


def _splink_comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        "output_column_name": comparison.output_column_name,
        "comparison_description": comparison.comparison_description,
        "comparison_levels": [_splink_level(level) for level in comparison.comparison_levels],
    }


def _splink_level(level: Level) -> dict[str, Any]:
    given = {name: getattr(level, name) for name in _SPLINK_LEVEL if getattr(level, name) is not None}
    if not level.tf_adjustment_column:
        del given["tf_minimum_u_value"], given["disable_tf_exact_match_detection"]
    return given
